using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Metrics;
using TaskGrain.Training;

namespace TaskGrain.Tests.Lab.Studies;

/// <summary>Measurements made by hand, and the cells of the pages that are made from them.</summary>
internal static class Pages
{
    /// <summary>An origin that is the same on every machine.</summary>
    public static StudyOrigin Origin { get; } =
        new()
        {
            Command = "taskgrain reproduce this",
            Options = new StudyOptions
            {
                Folder = "studies",
                Clips = 1000,
                Settings = ["training.epochs=1"],
            },
            Configuration = RunPresets.Create(RunPreset.Micro),
            Program = "1.2.3+abc",
            Machine = "a machine",
            Finished = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        };

    /// <summary>So many of so many clips right.</summary>
    public static AccuracyRow Right(
        int right,
        int clips,
        AccuracyMethod method = AccuracyMethod.Classifier,
        int classes = 10
    ) =>
        new()
        {
            Method = method,
            TestedOn = Granularity.ActionCategories,
            Classes = classes,
            Clips = clips,
            Right = right,
        };

    /// <summary>So many of so many captions right, word by word.</summary>
    public static CaptionRow Exact(int exact, int captions, double cider = 1) =>
        new()
        {
            Method = CaptionMethod.Decoder,
            Scores = new CaptionScores
            {
                Captions = captions,
                ExactMatches = exact,
                Bleu4 = 0.25,
                RougeL = 0.5,
                Meteor = 0.125,
                Cider = cider,
            },
        };

    /// <summary>The cells after the first one, of the first row that begins with it.</summary>
    public static string[] Cells(StudyPage page, string first) =>
        page.ToString()
            .Split('\n')
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray())
            .First(cells => cells[0] == first)[1..];
}
