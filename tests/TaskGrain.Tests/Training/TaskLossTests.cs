using TaskGrain.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Training;

public sealed class TaskLossTests
{
    /// <summary>Two captions of three places over four words; ids: GO 0, END 1.</summary>
    private static Tensor Captions => tensor(new long[] { 2, 1, 1, 3, 2, 1 }, [2, 3]);

    [Fact]
    public void Classification_is_the_mean_cross_entropy()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = tensor(new[] { 0f, 0f, 0f, 0f, MathF.Log(3), 0f }, [2, 3]);

        double loss = TaskLoss.Classification(logits, tensor(new long[] { 2, 1 })).item<float>();

        Assert.Equal((Math.Log(3) - Math.Log(3.0 / 5)) / 2, loss, 6);
    }

    [Fact]
    public void Captioning_counts_every_place_or_with_the_mask_words_and_first_end()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logProbs = zeros([2, 3, 4]);
        float[,] right =
        {
            { -1, -2, -4 },
            { -8, -16, -32 },
        };
        for (int caption = 0; caption < 2; caption++)
        {
            for (int place = 0; place < 3; place++)
            {
                logProbs[caption, place, Captions[caption, place].item<long>()] = right[caption, place];
            }
        }

        Assert.Equal(63 / 6.0, TaskLoss.Captioning(logProbs, Captions, maskPadding: false).item<float>(), 6);
        Assert.Equal(59 / 5.0, TaskLoss.Captioning(logProbs, Captions, maskPadding: true).item<float>(), 6);
    }

    [Fact]
    public void Words_go_up_to_and_with_the_first_end()
    {
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal([true, true, false, true, true, true], TaskLoss.Words(Captions).data<bool>().ToArray());
    }

    [Fact]
    public void The_decoder_reads_GO_and_all_but_the_last_word()
    {
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal([0, 2, 1, 0, 3, 2], TaskLoss.TeacherInput(Captions).data<long>().ToArray());
    }

    [Fact]
    public void Weights_of_nought_drop_their_term()
    {
        var report = new ValidationReport
        {
            Clips = 1,
            ClassLoss = 2,
            Top1 = 0.5,
        };

        Assert.Equal((2.0, 0.5), (report.Loss(1), report.Score(1)));
        Assert.Equal((3 * 0.9) + (2 * 0.1), (report with { CaptionLoss = 3 }).Loss(0.1), 9);
        Assert.Equal((0.5 * 0.1) + (0.25 * 0.9), (report with { ExactMatch = 0.25 }).Score(0.1), 9);
    }
}
