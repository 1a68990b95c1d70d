using TaskGrain.Models;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Explain;

/// <summary>The log-probabilities of a caption's words, each given the words before it.</summary>
/// <param name="decoder">The decoder; stays the caller's.</param>
/// <param name="words">Ids of the words.</param>
internal sealed class WordObjective(CaptionDecoder decoder, IReadOnlyList<int> words) : Objective
{
    /// <inheritdoc/>
    public override int Count => words.Count;

    /// <inheritdoc/>
    public override Tensor Scores(Tensor features)
    {
        // cuDNN goes back through an LSTM only in training, which differs by nothing here: the decoder has no dropout.
        bool training = decoder.training;
        decoder.train();
        try
        {
            return Diagonal(decoder.call(features, Given(features.device)));
        }
        finally
        {
            decoder.train(training);
        }
    }

    /// <summary>The words' probabilities.</summary>
    /// <param name="features">(S, D).</param>
    /// <returns>One a word.</returns>
    public float[] Probabilities(Tensor features)
    {
        using var scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Tensor logProbs = decoder.call(features.unsqueeze(0), Given(features.device)[0].unsqueeze(0)); // (1, L, V)
        Tensor own = Diagonal(logProbs.expand(Count, -1, -1));
        return [.. own.exp().cpu().data<float>()];
    }

    // (K, L): GO and the words but the last, for each copy.
    private Tensor Given(Device device)
    {
        long[] before = [decoder.Options.Go, .. words.SkipLast(1).Select(word => (long)word)];
        return tensor(before).to(device).unsqueeze(0).expand(Count, -1);
    }

    // Of copy k the probability of word k at its own place.
    private Tensor Diagonal(Tensor logProbs)
    {
        Tensor place = TensorArithmetic.Counting(Count, logProbs.device);
        Tensor word = tensor([.. words.Select(id => (long)id)]).to(logProbs.device);
        return logProbs.index(TensorIndex.Tensor(place), TensorIndex.Tensor(place), TensorIndex.Tensor(word));
    }
}
