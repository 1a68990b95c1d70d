using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies.Generator;

namespace TaskGrain.Lab.Studies;

/// <summary>
/// Does the generator ask for watching? What one frame, or the objects' names, tell of a clip's category, beside what
/// the two-channel encoder makes of the whole clip. The paper's own ratio on real data: 13.3 percent by the middle
/// frame (Table 3) to 50.4 by the film (Table 1).
/// </summary>
internal static class MotionStudy
{
    /// <summary>Trains and measures what is missing and writes the page.</summary>
    /// <param name="workspace">Where it works and with what.</param>
    /// <param name="command">The command that makes the page again, for the page.</param>
    /// <param name="page">The Markdown file to write.</param>
    /// <param name="cancel">Stops the work; the next call goes on.</param>
    public static void Run(StudyWorkspace workspace, string command, string page, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        MotionStudyResult result = Measure(workspace, cancel);
        MotionPage.Of(result, StudyOrigin.Now(command, workspace)).Write(page);
    }

    private static MotionStudyResult Measure(StudyWorkspace workspace, CancellationToken cancel)
    {
        StudyOptions options = workspace.Options;
        StudyMeasurement[] film =
        [
            .. Enumerable
                .Range(1, options.Repeats)
                .Select(repeat => workspace.Measure(SourceTask.Categories, repeat, cancel)),
        ];
        GeneratorStudyReport still = GeneratorStudy.Run(
            new GeneratorStudyOptions
            {
                Clips = options.Clips,
                Seed = options.Seed,
                Categories = options.Categories,
                Threads = workspace.Configuration.Machine.Threads,
            },
            workspace.Progress,
            cancel
        );
        return new MotionStudyResult(still, film);
    }
}

/// <summary>What the motion study measured.</summary>
/// <param name="Still">Without watching: single frames and words.</param>
/// <param name="Film">The encoders that watch, a run each seed, all on the same test clips.</param>
internal sealed record MotionStudyResult(GeneratorStudyReport Still, IReadOnlyList<StudyMeasurement> Film)
{
    /// <summary>Share of the test clips that the film's encoders get right: mean over the runs.</summary>
    public double FilmAccuracy => Film.Average(m => m.Categories!.Top1);

    /// <summary>
    /// Its 95% interval over clips. All runs are tested on the same clips: more runs are not more clips.
    /// </summary>
    public Interval FilmInterval => Interval.Wilson(Film.Average(m => m.Categories!.Right!.Value), Film[0].Clips);

    /// <summary>Share of a category's test clips that the encoders recognise; null where none was tested.</summary>
    /// <param name="category">The category's text.</param>
    public double? FilmRecall(string category) =>
        Film.SelectMany(m => m.PerClass ?? []).Where(c => c.Name == category).Average(c => c.Recall);
}
