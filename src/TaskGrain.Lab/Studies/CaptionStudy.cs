namespace TaskGrain.Lab.Studies;

/// <summary>
/// The paper's Table 7 on generated data: does a model that learns captions and categories together caption better
/// and encode better than one that learns captions alone, and does either beat the template baseline?
/// </summary>
internal static class CaptionStudy
{
    /// <summary>Trains and measures what is missing and writes the page.</summary>
    /// <param name="workspace">Where it works and with what.</param>
    /// <param name="command">The command that makes the page again, for the page.</param>
    /// <param name="page">The Markdown file to write.</param>
    /// <param name="cancel">Stops the work; the next call goes on.</param>
    public static void Run(StudyWorkspace workspace, string command, string page, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        CaptionStudyResult result = Measure(workspace, cancel);
        CaptionPage.Of(result, StudyOrigin.Now(command, workspace)).Write(page);
    }

    private static CaptionStudyResult Measure(StudyWorkspace workspace, CancellationToken cancel)
    {
        // Seed by seed, so that a study that is stopped early has whole pairs.
        List<StudyMeasurement> joint = [];
        List<StudyMeasurement> alone = [];
        for (int repeat = 1; repeat <= workspace.Options.Repeats; repeat++)
        {
            joint.Add(workspace.Measure(SourceTask.SimplifiedJoint, repeat, cancel));
            alone.Add(workspace.Measure(SourceTask.SimplifiedAlone, repeat, cancel));
        }

        int further = workspace.Options.FurtherEpochs;
        StudyMeasurement? longer =
            further > 0 ? workspace.Measure(SourceTask.SimplifiedJointLonger(further), 1, cancel) : null;
        return new CaptionStudyResult(joint, alone, longer, further);
    }
}

/// <summary>What the caption study measured.</summary>
/// <param name="Joint">Captions and categories together, a run each seed.</param>
/// <param name="Alone">Captions alone, the same seeds.</param>
/// <param name="Longer">The first joint model trained on; null where none was.</param>
/// <param name="FurtherEpochs">For how many epochs.</param>
internal sealed record CaptionStudyResult(
    IReadOnlyList<StudyMeasurement> Joint,
    IReadOnlyList<StudyMeasurement> Alone,
    StudyMeasurement? Longer,
    int FurtherEpochs
)
{
    /// <summary>Seconds that all models took to train.</summary>
    public double TrainingSeconds => Joint.Concat(Alone).Sum(m => m.TrainingSeconds) + (Longer?.TrainingSeconds ?? 0);
}
