using TaskGrain.Lab.Baselines;
using TaskGrain.Lab.Reproduction;
using TaskGrain.Labels;

namespace TaskGrain.Tests.Lab.Reproduction;

public sealed class PaperClaimsTests
{
    [Fact]
    public void Frame_baselines_are_compared_seed_by_seed()
    {
        // Of 200 clips: a frame 20 and 22, averaged 30 and 28, the LSTM 60 and 58.
        Measurement[] measured = [Frames(1, 20, 30, 60), Frames(2, 22, 28, 58)];
        Claim claim = PaperClaims
            .Of(ReproductionSize.Study, ReproductionPlan.Kitchenware)
            .Single(one => one.Number == 5);

        Verdict verdict = Verdict.Of([claim], measured)[0];

        Assert.Equal(PaperPart.Table3, claim.Part);
        AssertClose([0.05, 0.03], verdict.Comparisons[0].Differences);
        AssertClose([0.15, 0.15], verdict.Comparisons[1].Differences);
    }

    [Fact]
    public void Every_claim_of_the_paper_is_judged_once() =>
        Assert.Equal(
            Enumerable.Range(1, 12),
            PaperClaims.Of(ReproductionSize.Study, ReproductionPlan.Kitchenware).Select(claim => claim.Number)
        );

    private static void AssertClose(double[] expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 12);
        }
    }

    private static Measurement Frames(int seed, int middle, int averaged, int lstm) =>
        new()
        {
            Id = $"{FrameBaselineRun.Stem}_s{seed}",
            Seed = seed,
            Site = new ComputeSite("one", "float32"),
            Program = "test",
            Finished = DateTime.UnixEpoch,
            Seconds = 1,
            Data = "0123",
            FrameBaselines = new BaselineSeed
            {
                Data = "0123",
                Classes = 30,
                Split = Split.Test,
                CaptionGrain = Granularity.Captions,
                TrainingClips = 100,
                Sources = [],
                Training = new BaselineOptions(),
                Runs =
                [
                    Run(BaselineMethod.MiddleFrame, seed, middle),
                    Run(BaselineMethod.AveragedFrames, seed, averaged),
                    Run(BaselineMethod.Lstm, seed, lstm),
                ],
            },
        };

    private static BaselineRun Run(BaselineMethod method, int seed, int right) =>
        new()
        {
            Source = "squares",
            Method = method,
            Seed = seed,
            Settings = "0",
            Parameters = 1,
            Epoch = 1,
            Epochs = 1,
            Seconds = 1,
            Clips = 200,
            Right = right,
        };
}
