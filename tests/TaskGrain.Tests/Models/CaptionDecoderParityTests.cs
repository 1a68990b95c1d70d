using System.Text.Json;
using TaskGrain.Models;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

/// <summary>The caption decoder against the authors' own implementation.</summary>
public sealed class CaptionDecoderParityTests
{
    private static readonly ParityReference Reference = ParityReference.Load("decoder_tiny");

    [Fact]
    public void Gives_the_authors_log_probabilities_when_teacher_forced()
    {
        using var scope = NewDisposeScope();
        using CaptionDecoder decoder = Build();
        using IDisposable noGradient = no_grad();
        long[][] captions = Rows("caption_tokens");
        long[] inputs = [.. captions.SelectMany(row => row[..^1].Prepend(decoder.Options.Go))];

        Tensor logProbs = decoder.call(
            Reference.Input("features"),
            tensor(inputs, [captions.Length, captions[0].Length])
        );

        ParityReference.AssertMatches(Reference.Root.GetProperty("teacher_forced_log_probs"), logProbs, 1e-5);
        JsonElement expected = Reference.Root.GetProperty("token_nll");
        for (int row = 0; row < captions.Length; row++)
        {
            double[] nll = ParityReference.Numbers(expected[row]);
            for (int step = 0; step < nll.Length; step++)
            {
                Assert.Equal(nll[step], -logProbs[row, step, captions[row][step]].item<float>(), 1e-4);
            }
        }
    }

    [Fact]
    public void Greedy_decoding_gives_the_authors_tokens()
    {
        using var scope = NewDisposeScope();
        using CaptionDecoder decoder = Build();

        Tensor tokens = decoder.Greedy(Reference.Input("features"));

        Assert.Equal(Rows("greedy_tokens").SelectMany(row => row), tokens.data<long>().ToArray());
    }

    /// <summary>The decoder of the reference file.</summary>
    internal static CaptionDecoder Build()
    {
        int Size(string name) => Reference.Config.GetProperty(name).GetInt32();
        var decoder = new CaptionDecoder(
            new CaptionDecoderOptions
            {
                Words = Size("vocabulary"),
                FeatureSize = Size("feature_size"),
                Embedding = Size("embedding"),
                Hidden = Size("hidden"),
                Layers = Size("layers"),
                Go = Size("go_token"),
            }
        );
        Reference.FillWeights(
            decoder.state_dict(),
            authors =>
                authors.StartsWith("linear.", StringComparison.Ordinal)
                    ? "output." + authors["linear.".Length..]
                    : authors
        );
        decoder.eval();
        return decoder;
    }

    private static long[][] Rows(string property) =>
        [
            .. Reference
                .Root.GetProperty(property)
                .EnumerateArray()
                .Select(row => row.EnumerateArray().Select(e => e.GetInt64()).ToArray()),
        ];
}
