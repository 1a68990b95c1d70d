using TaskGrain.Runtime;

namespace TaskGrain.Lab.Studies;

/// <summary>
/// Does training in bfloat16 cost accuracy? Classifiers of action categories, trained with the same seeds on the same
/// clips in float32 and in bfloat16, each tested in its own precision.
/// </summary>
internal static class PrecisionStudy
{
    /// <summary>Trains and measures what is missing and writes the page.</summary>
    /// <param name="workspace">Where it works and with what.</param>
    /// <param name="command">The command that makes the page again, for the page.</param>
    /// <param name="page">The Markdown file to write.</param>
    /// <param name="cancel">Stops the work; the next call goes on.</param>
    public static void Run(StudyWorkspace workspace, string command, string page, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        PrecisionStudyResult result = Measure(workspace, cancel);
        PrecisionPage.Of(result, StudyOrigin.Now(command, workspace)).Write(page);
    }

    private static PrecisionStudyResult Measure(StudyWorkspace workspace, CancellationToken cancel)
    {
        StudyWorkspace Variant(Precision precision)
        {
            string word = precision.ToString().ToLowerInvariant();
            return workspace.Variant(word, $"machine.precision={word}");
        }

        StudyWorkspace plain = Variant(Precision.Float32);
        StudyWorkspace half = Variant(Precision.BFloat16);

        // Seed by seed, so that a study that is stopped early has whole pairs.
        List<StudyMeasurement> float32 = [];
        List<StudyMeasurement> bfloat16 = [];
        for (int repeat = 1; repeat <= workspace.Options.Repeats; repeat++)
        {
            float32.Add(plain.Measure(SourceTask.Categories, repeat, cancel));
            bfloat16.Add(half.Measure(SourceTask.Categories, repeat, cancel));
        }

        return new PrecisionStudyResult(float32, bfloat16);
    }
}

/// <summary>What the precision study measured.</summary>
/// <param name="Float32">A run each seed.</param>
/// <param name="BFloat16">The same seeds.</param>
internal sealed record PrecisionStudyResult(
    IReadOnlyList<StudyMeasurement> Float32,
    IReadOnlyList<StudyMeasurement> BFloat16
);
