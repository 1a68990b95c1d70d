using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using TaskGrain.Runtime.Ranks;
using TaskGrain.Runtime.Storage;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>Makes sure that the ranks of a training do the same.</summary>
internal static class RankAgreement
{
    /// <summary>Refuses ranks that would not do the same; none goes on before all have read the files.</summary>
    /// <param name="session">What this rank is about to do.</param>
    /// <param name="ranks">All ranks, each of which calls this.</param>
    /// <exception cref="TaskGrainException">Something differs between two ranks; the message says what.</exception>
    public static void Require(TrainingSession session, IRankGroup ranks)
    {
        RunConfiguration configuration = session.State.Configuration with { Machine = new MachineOptions() };
        ranks.Agree("configuration", JsonSerializer.SerializeToUtf8Bytes(configuration, TaskGrainJson.Strict));
        ranks.Agree("set of clips", Encoding.UTF8.GetBytes(session.Data.Fingerprint));
        ranks.Agree("precision", [(byte)session.Model.Encoder.Compute]);
        RequireWeights(session, ranks);
    }

    /// <summary>Refuses ranks whose weights differ in a bit.</summary>
    /// <param name="session">What this rank has learned.</param>
    /// <param name="ranks">All ranks, each of which calls this.</param>
    /// <exception cref="TaskGrainException">The weights of two ranks differ.</exception>
    public static void RequireWeights(TrainingSession session, IRankGroup ranks)
    {
        using var scope = NewDisposeScope();
        var hash = new XxHash3();
        foreach ((_, Tensor tensor) in session.Model.Tensors().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.Append(tensor.detach().cpu().contiguous().bytes);
        }

        ranks.Agree("set of weights", hash.GetCurrentHash());
    }
}
