using TaskGrain.Models;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

public sealed class CaptionDecoderTests
{
    private const int End = 1;

    [Fact]
    public void A_caption_stays_ended()
    {
        using var scope = NewDisposeScope();
        using CaptionDecoder decoder = Small(words: 4);
        Tensor features = rand(40, 3, 5) * 8;

        foreach (Tensor tokens in new[] { decoder.Greedy(features, 9), decoder.BeamSearch(features, 9, 3) })
        {
            long[] flat = tokens.data<long>().ToArray();
            long[][] captions = [.. flat.Chunk(9)];
            Assert.Contains(captions, caption => caption[..8].Contains(End));
            Assert.All(
                captions,
                caption => Assert.All(caption.SkipWhile(token => token != End), token => Assert.Equal(End, token))
            );
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_beam_of_one_is_greedy(bool lengthNormalised)
    {
        using var scope = NewDisposeScope();
        using CaptionDecoder decoder = Small(words: 12);
        Tensor features = rand(20, 3, 5) * 4;

        Assert.Equal(
            decoder.Greedy(features, 7).data<long>().ToArray(),
            decoder.BeamSearch(features, 7, 1, lengthNormalised).data<long>().ToArray()
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_wide_beam_finds_the_best_of_all_captions(bool lengthNormalised)
    {
        using var scope = NewDisposeScope();
        const int Words = 4,
            Length = 4;
        using CaptionDecoder decoder = Small(Words);
        Tensor features = rand(6, 3, 5) * 8;

        long[] found = decoder.BeamSearch(features, Length, width: 256, lengthNormalised).data<long>().ToArray();

        for (int clip = 0; clip < 6; clip++)
        {
            long[] best = AllCaptions(Words, Length)
                .MaxBy(caption => Score(decoder, features.narrow(0, clip, 1), caption, lengthNormalised))!;
            Assert.Equal(best, found[(clip * Length)..((clip + 1) * Length)]);
        }
    }

    [Fact]
    public void A_wider_beam_never_scores_below_greedy_when_sums_are_compared()
    {
        using var scope = NewDisposeScope();
        using CaptionDecoder decoder = Small(words: 20);
        Tensor features = rand(10, 3, 5) * 8;
        long[][] greedy = [.. decoder.Greedy(features, 6).data<long>().ToArray().Chunk(6)];
        long[][] beam =
        [
            .. decoder.BeamSearch(features, 6, 20, lengthNormalised: false).data<long>().ToArray().Chunk(6),
        ];

        double Total(long[][] captions) =>
            captions.Select((caption, i) => Score(decoder, features.narrow(0, i, 1), caption, false)).Sum();
        Assert.True(Total(beam) >= Total(greedy) - 1e-4);
    }

    [Fact]
    public void Captions_that_all_end_early_are_filled_up_with_the_end()
    {
        using var scope = NewDisposeScope();
        using CaptionDecoder decoder = Small(words: 6);
        Tensor features = rand(3, 2, 5);
        using (no_grad())
        {
            decoder.get_parameter("output.bias")!.copy_(tensor(new float[] { -50, 50, 0, 0, 0, 0 }));
        }

        Tensor tokens = decoder.Greedy(features, 7);

        Assert.Equal([3, 7], tokens.shape);
        Assert.All(tokens.data<long>().ToArray(), token => Assert.Equal(decoder.Options.End, token));
    }

    [Fact]
    public void A_gradient_reaches_every_parameter()
    {
        using var scope = NewDisposeScope();
        using CaptionDecoder decoder = Small(words: 6);
        Tensor features = rand(2, 3, 5).requires_grad_(true);
        Tensor captions = tensor(new long[] { 0, 2, 3, 0, 4, 5 }, [2, 3]);

        decoder.call(features, captions).square().sum().backward();

        Assert.True(features.grad!.abs().sum().item<float>() > 0);
        Assert.All(
            decoder.named_parameters(),
            entry => Assert.True(entry.parameter.grad!.abs().sum().item<float>() > 0, entry.name)
        );
        Assert.Equal(
            [
                "embedding.weight",
                "lstm.bias_hh_l0",
                "lstm.bias_hh_l1",
                "lstm.bias_ih_l0",
                "lstm.bias_ih_l1",
                "lstm.weight_hh_l0",
                "lstm.weight_hh_l1",
                "lstm.weight_ih_l0",
                "lstm.weight_ih_l1",
                "mapping.bias",
                "mapping.weight",
                "output.bias",
                "output.weight",
            ],
            decoder.state_dict().Keys.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Decoding_needs_no_gradient_and_leaves_no_tensor_behind()
    {
        using var scope = NewDisposeScope();
        using CaptionDecoder decoder = Small(words: 6);
        Tensor features = rand(2, 3, 5);
        void Decode()
        {
            using var inner = NewDisposeScope();
            decoder.Greedy(features, 5);
            decoder.BeamSearch(features, 5, 3);
        }

        Decode();
        long live = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Decode();

        Assert.Equal(live, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static CaptionDecoder Small(int words)
    {
        var decoder = new CaptionDecoder(
            new CaptionDecoderOptions
            {
                Words = words,
                FeatureSize = 5,
                Embedding = 4,
                Hidden = 6,
            },
            new SeededRandom(2)
        );
        using IDisposable noGradient = no_grad();
        foreach (Tensor parameter in decoder.parameters())
        {
            parameter.mul_(3);
        }

        // With larger weights the predictions are decided; END should be among them.
        decoder.get_parameter("output.bias")!.narrow(0, End, 1).add_(1.5);

        decoder.eval();
        return decoder;
    }

    /// <summary>Every caption of a length, END-filled from its end on, each once.</summary>
    private static IEnumerable<long[]> AllCaptions(int words, int length) =>
        from number in Enumerable.Range(0, (int)Math.Pow(words, length))
        let caption = Enumerable.Range(0, length).Select(i => number / (long)Math.Pow(words, i) % words).ToArray()
        where caption.SkipWhile(token => token != End).All(token => token == End)
        select caption;

    private static double Score(CaptionDecoder decoder, Tensor features, long[] caption, bool lengthNormalised)
    {
        using var scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor logProbs = decoder.call(features, tensor([decoder.Options.Go, .. caption[..^1]], [1, caption.Length]));
        int end = Array.IndexOf(caption, End);
        int tokens = end < 0 ? caption.Length : end + 1;
        double sum = Enumerable.Range(0, tokens).Sum(i => (double)logProbs[0, i, caption[i]].item<float>());
        return lengthNormalised ? sum / tokens : sum;
    }
}
