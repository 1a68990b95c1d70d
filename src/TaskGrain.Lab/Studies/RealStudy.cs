using System.Diagnostics;
using TaskGrain.Data;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Courses;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Lab.Studies;

/// <summary>How a way of telling classes did with some number of shots.</summary>
/// <param name="Right">For each draw, how many of the tested clips were classified rightly.</param>
/// <param name="Tested">Clips tested in a draw.</param>
internal sealed record RealCell(IReadOnlyList<int> Right, int Tested);

/// <summary>A row of the page.</summary>
/// <param name="Source">The sources, or what gives the classes away, or how they were chosen.</param>
/// <param name="Classifier">The classifier's word; empty where it was chosen.</param>
/// <param name="Giveaway">Whether it has nothing to do with what happens in the clips.</param>
/// <param name="Cells">One for each number of shots.</param>
internal sealed record RealRow(string Source, string Classifier, bool Giveaway, IReadOnlyList<RealCell> Cells);

/// <summary>What the study found.</summary>
internal sealed record RealResult
{
    public required int Classes { get; init; }

    public required IReadOnlyList<int> ClipsPerClass { get; init; }

    public required int? Groups { get; init; }

    public required string Split { get; init; }

    public required IReadOnlyList<RealRow> Rows { get; init; }

    public required IReadOnlyList<ClipProblem> Problems { get; init; }

    public required double Seconds { get; init; }
}

/// <summary>
/// Somebody's folder of real clips, learned from 1, 5 and all clips a class with every source and classifier, several
/// draws of the shots, and beside them what teaching chooses by itself and what gives the classes away.
/// </summary>
internal static class RealStudy
{
    /// <summary>What the row of teaching's own choice is called.</summary>
    public const string Chosen = "what teach takes";

    /// <summary>Runs it.</summary>
    /// <param name="model">The model with the encoder.</param>
    /// <param name="options">Which clips, and what with.</param>
    /// <param name="progress">Told after every clip and draw; null for nobody.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <exception cref="TaskGrainException">The clips cannot be used.</exception>
    public static RealResult Run(
        VideoModel model,
        RealOptions options,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        long started = Stopwatch.GetTimestamp();
        TeachOptions teaching = options.Teaching with { Groups = null };
        var folder = ClipFolder.Scan(options.Data);
        using var real = RealClips.Open(model, folder, options with { Teaching = teaching }, progress, cancel);
        IReadOnlyList<TeachClip> clips = real.Clips;
        var search = new TeachSearch(clips, folder.Classes.Count, teaching, () => { });
        string[] ways = [.. Giveaway.Ways(real.Sources).Select(Told)];
        var giveaways = new TeachSearch(
            [.. clips.Select(clip => clip with { Features = clip.Giveaways })],
            folder.Classes.Count,
            teaching,
            () => { },
            alone: true
        );
        List<IReadOnlyList<RealCell>> learned = [];
        List<IReadOnlyList<RealCell>> given = [];
        int done = 0;
        int total = options.Shots.Sum(shots => shots is null ? 1 : options.Draws);
        foreach (int? shots in options.Shots)
        {
            int runs = shots is null ? 1 : options.Draws; // all clips are one draw
            List<IReadOnlyList<int>> rightOfDraw = [];
            List<IReadOnlyList<int>> rightOfGiveaways = [];
            for (int draw = 0; draw < runs; draw++)
            {
                rightOfDraw.Add(real.Draws.Right(search, shots, draw, choose: true, cancel));
                rightOfGiveaways.Add(real.Draws.Right(giveaways, shots, draw, choose: false, cancel));
                progress?.Report(
                    new WorkProgress(
                        "learning",
                        ++done,
                        total,
                        "draws",
                        done / Stopwatch.GetElapsedTime(started).TotalSeconds
                    )
                );
            }

            learned.Add(Cells(rightOfDraw, real.Draws.Tested));
            given.Add(Cells(rightOfGiveaways, real.Draws.Tested));
        }

        return new RealResult
        {
            Classes = folder.Classes.Count,
            ClipsPerClass = [.. folder.Classes.Select((_, c) => clips.Count(clip => clip.Clip.Class == c))],
            Groups = real.Groups,
            Split = real.Split,
            Rows =
            [
                Row(Chosen, "", giveaway: false, learned, search.Candidates.Count),
                .. search.Candidates.Select(
                    (one, i) =>
                        Row(
                            string.Join(" + ", one.Sources.Select(source => real.Sources.Names[source])),
                            one.Kind.Word(),
                            giveaway: false,
                            learned,
                            i
                        )
                ),
                .. giveaways
                    .Candidates.Select((one, i) => Row(ways[one.Sources[0]], one.Kind.Word(), giveaway: true, given, i))
                    // Of a single vector the course says what the average says.
                    .Where((_, i) => !IsSingle(clips, giveaways.Candidates[i])),
            ],
            Problems = real.Problems,
            Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
        };
    }

    /// <summary>There are two ways to look at one frame: its colours, and what an image network sees.</summary>
    private static string Told(string way, int at) =>
        way != Giveaway.OneFrame ? way
        : at == 0 ? $"{way}: colours"
        : $"{way}: image network";

    private static bool IsSingle(IReadOnlyList<TeachClip> clips, CourseCandidate candidate) =>
        candidate.Kind == ClassifierKind.Timeline && clips[0].Giveaways[candidate.Sources[0]].Steps == 1;

    private static RealRow Row(
        string source,
        string classifier,
        bool giveaway,
        IReadOnlyList<IReadOnlyList<RealCell>> cells,
        int at
    ) => new(source, classifier, giveaway, [.. cells.Select(ofShots => ofShots[at])]);

    /// <summary>From a list a draw with a number a way to a cell a way.</summary>
    private static RealCell[] Cells(IReadOnlyList<IReadOnlyList<int>> right, int tested) =>
        [
            .. Enumerable
                .Range(0, right[0].Count)
                .Select(way => new RealCell([.. right.Select(draw => draw[way])], tested)),
        ];
}
