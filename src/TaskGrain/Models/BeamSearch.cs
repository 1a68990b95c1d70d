using TaskGrain.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// Beam search over captions, all clips of a batch at once and all on the device. An ended caption stays in its beam
/// and competes with those still growing, by the same measure that chooses the winner.
/// </summary>
/// <param name="decoder">The language model.</param>
/// <param name="width">Captions kept a clip.</param>
/// <param name="lengthNormalised">Rank by log-probability per token.</param>
internal sealed class BeamSearch(CaptionDecoder decoder, int width, bool lengthNormalised)
{
    /// <summary>Searches.</summary>
    /// <param name="features">(N, T, D).</param>
    /// <param name="length">Number of tokens L.</param>
    /// <returns>(N, L), int64: the best caption of each clip.</returns>
    public Tensor Run(Tensor features, int length)
    {
        long clips = features.shape[0];
        int end = decoder.Options.End;
        long words = decoder.Options.Words;
        Device device = features.device;

        DecoderState state = decoder.Start(features, width);
        Tensor tokens = TensorArithmetic.Filled([clips * width, 1], decoder.Options.Go, device);

        // (N, W): sum of log-probabilities. All captions of a beam start equal, so that only the first may grow.
        Tensor sums = TensorArithmetic.Filled([clips, width], float.NegativeInfinity, device);
        sums.narrow(1, 0, 1).zero_();
        Tensor ended = zeros([clips, width], ScalarType.Bool, device);
        Tensor lengths = zeros([clips, width], ScalarType.Float32, device);
        Tensor captions = empty([clips, width, 0], ScalarType.Int64, device);

        // An ended caption has one continuation, END, which costs nothing.
        Tensor onlyEnd = TensorArithmetic.Filled([words], float.NegativeInfinity, device);
        onlyEnd[end] = 0;
        Tensor firstOfBeam = TensorArithmetic.Counting(clips, device).Times(width).unsqueeze(1);

        using Scalar kinds = words;
        for (int step = 0; step < length; step++)
        {
            // What a step computes on the way goes with it; (N·W, V) tensors of 14 steps would fill the memory.
            using var scope = NewDisposeScope();
            (Tensor logProbs, DecoderState after) = decoder.Step(state, tokens);
            Tensor next = where(ended.unsqueeze(-1), onlyEnd, logProbs.view(clips, width, words));
            Tensor candidates = sums.unsqueeze(-1).Plus(next).view(clips, width * words);
            Tensor newLengths = lengths.Plus(ended.logical_not().to_type(ScalarType.Float32));
            Tensor scores = lengthNormalised
                ? (candidates.view(clips, width, words) / newLengths.unsqueeze(-1)).view(clips, width * words)
                : candidates;

            (_, Tensor best) = scores.topk(width, -1); // (N, W)
            Tensor parent = best.div(kinds, RoundingMode.floor).to_type(ScalarType.Int64);
            Tensor word = best.Plus(parent, -words);
            sums = candidates.gather(1, best).MoveToOuterDisposeScope();
            lengths = newLengths.gather(1, parent).MoveToOuterDisposeScope();
            ended = word.Is(end).MoveToOuterDisposeScope();
            captions = cat([captions.gather(1, parent.unsqueeze(-1).expand(-1, -1, step)), word.unsqueeze(-1)], -1)
                .MoveToOuterDisposeScope();
            state = after.Pick(firstOfBeam.Plus(parent).view(-1)).MoveToOuterDisposeScope();
            tokens = word.view(-1, 1).MoveToOuterDisposeScope();
        }

        Tensor final = lengthNormalised ? sums / lengths : sums;
        Tensor winner = final.argmax(-1).view(-1, 1, 1).expand(-1, 1, length);
        return captions.gather(1, winner).squeeze(1);
    }
}
