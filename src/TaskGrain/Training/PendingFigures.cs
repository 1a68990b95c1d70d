using TaskGrain.Runtime.Ranks;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>A step's figures where they were computed.</summary>
/// <param name="Figures">
/// Class loss and accuracy, caption loss and accuracy, loss, gradient norm; float32. Of several ranks: with this
/// rank's weight of each, the captions' accuracy as a number of words with all words behind it.
/// </param>
/// <param name="Number">The step's number in the run.</param>
/// <param name="Clips">Clips of the step.</param>
/// <param name="Lambda">λ.</param>
/// <param name="LearningRate">Adam's learning rate.</param>
internal sealed record PendingFigures(Tensor Figures, long Number, int Clips, double Lambda, double LearningRate)
{
    /// <summary>Reads the figures of several steps, and adds them over the ranks.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="ranks">The ranks; null for a process alone.</param>
    /// <exception cref="DivergedException">The loss or a gradient of one of them was not finite.</exception>
    public static List<StepReport> Read(IReadOnlyList<PendingFigures> steps, IRankGroup? ranks)
    {
        using var scope = NewDisposeScope();
        float[] read = cat([.. steps.Select(step => step.Figures)]).cpu().data<float>().ToArray();
        double[] values = Array.ConvertAll(read, value => (double)value);
        ranks?.Sum(values);
        var reports = new List<StepReport>(steps.Count);
        int at = 0;
        foreach (PendingFigures step in steps)
        {
            int count = (int)step.Figures.shape[0];
            reports.Add(step.Report(values.AsSpan(at, count), words: ranks is not null));
            at += count;
        }

        return reports;
    }

    private StepReport Report(ReadOnlySpan<double> values, bool words)
    {
        RequireFinite(values[^2], "loss");
        RequireFinite(values[^1], "gradient");
        int caption = Lambda > 0 ? 2 : 0;
        double? wordAccuracy = Lambda < 1 ? values[caption + 1] / (words ? values[caption + 2] : 1) : null;
        return new StepReport
        {
            Number = Number,
            Clips = Clips,
            Lambda = Lambda,
            LearningRate = LearningRate,
            Loss = values[^2],
            ClassLoss = Lambda > 0 ? values[0] : null,
            Top1 = Lambda > 0 ? values[1] : null,
            CaptionLoss = Lambda < 1 ? values[caption] : null,
            WordAccuracy = wordAccuracy,
            GradientNorm = values[^1],
        };
    }

    private static void RequireFinite(double value, string what)
    {
        if (!double.IsFinite(value))
        {
            throw new DivergedException($"the {what} is {(double.IsNaN(value) ? "not a number" : "infinite")}");
        }
    }
}
