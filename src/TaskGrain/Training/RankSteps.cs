using TaskGrain.Models;
using TaskGrain.Models.Kernels;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Ranks;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// What a training step of several ranks does besides: it weighs this rank's losses so that their sum over the ranks
/// is the loss of the whole batch, adds the gradients, and keeps the batch norms' statistics the same everywhere.
/// </summary>
internal sealed class RankSteps : IDisposable
{
    private readonly GradientReduction _gradients;
    private readonly StatisticsShare? _share;
    private readonly Tensor[] _statistics;
    private readonly Tensor _flat;

    /// <param name="model">The model, in training mode, on its device.</param>
    /// <param name="ranks">The ranks.</param>
    /// <param name="synchronise">Whether statistics are taken over the clips of all ranks.</param>
    public RankSteps(VideoModel model, IRankGroup ranks, bool synchronise)
    {
        Ranks = ranks;
        _gradients = new GradientReduction(model, ranks);
        BatchNormalisation[] norms = [.. model.Encoder.modules().OfType<BatchNormalisation>()];
        _share = synchronise ? new StatisticsShare(ranks) : null;
        foreach (BatchNormalisation norm in norms)
        {
            norm.Share = _share;
        }

        _statistics = synchronise ? [] : [.. norms.SelectMany(norm => norm.Running)];
        _flat = zeros(_statistics.Sum(tensor => tensor.numel()), ScalarType.Float32).DetachFromDisposeScope();
    }

    /// <summary>The ranks.</summary>
    public IRankGroup Ranks { get; }

    /// <summary>Buckets of the last step that were begun before its backward pass had ended, and all of them.</summary>
    public (int Early, int All) Overlap => (_gradients.BegunEarly, _gradients.Buckets);

    /// <summary>Before the forward pass.</summary>
    /// <param name="share">This rank's part of the batch.</param>
    /// <param name="lambda">λ.</param>
    public void Begin(RankShare share, double lambda)
    {
        _gradients.Begin(classes: lambda > 0, captions: lambda < 1);
        if (_share is not null)
        {
            _share.Counts = share.Mine > 0;
        }
    }

    /// <summary>This rank's part of the words of a batch, END included.</summary>
    /// <param name="captions">(N, L), int64.</param>
    /// <param name="share">This rank's part of the batch.</param>
    public double PartOfWords(Tensor captions, RankShare share)
    {
        using DisposeScope scope = NewDisposeScope();
        double own = share.Mine > 0 ? TaskLoss.Words(captions).sum().item<long>() : 0;
        Span<double> all = [own];
        Ranks.Sum(all);
        return own / all[0];
    }

    /// <summary>After the backward pass: the gradients become those of the whole batch.</summary>
    public void Reduce()
    {
        _gradients.Finish();
        if (_statistics.Length > 0)
        {
            AverageStatistics();
        }
    }

    /// <summary>Takes everything out of the model again.</summary>
    public void Dispose()
    {
        _gradients.Dispose();
        _flat.Dispose();
    }

    private unsafe void AverageStatistics()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        _flat.copy_(cat([.. _statistics]));
        Ranks.BeginSum((nint)TensorMemory.Address(_flat), (int)_flat.numel()).GetAwaiter().GetResult();
        _flat.MultiplyInPlace(1.0 / Ranks.Place.Size);
        long at = 0;
        foreach (Tensor tensor in _statistics)
        {
            tensor.copy_(_flat.narrow(0, at, tensor.numel()));
            at += tensor.numel();
        }
    }
}
