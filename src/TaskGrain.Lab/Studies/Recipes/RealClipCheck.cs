using System.IO.Hashing;
using System.Text;
using TaskGrain.Data;
using TaskGrain.Models;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Lab.Studies.Recipes;

/// <summary>
/// Cross-validation of a model's frozen features on the real clips that may be learned from: every clip is tested once
/// in each draw, by classifiers that saw nothing of its group.
/// </summary>
internal sealed class RealClipCheck
{
    private const string Encoder = "encoder";

    private readonly RecipeOptions _options;
    private readonly ClipFolder _folder;
    private readonly TeachOptions _teaching;
    private readonly int _leftForTest;
    private readonly int? _groups;

    /// <param name="options">Which clips, groups, shots and classifiers.</param>
    /// <param name="threads">Threads; 0 for one a core.</param>
    /// <exception cref="TaskGrainException">The clips cannot be used, or some have no group.</exception>
    public RealClipCheck(RecipeOptions options, int threads)
    {
        _options = options;
        var scanned = ClipFolder.Scan(options.Data);
        _leftForTest = scanned.TestClips.Count;
        _folder = scanned.WithoutTest();
        ClipFolder.RequireEnough(_folder.Folder, _folder.Classes, _folder.Clips, _folder.Problems);
        _groups = options.Groups?.Of([.. _folder.Clips.Select(clip => clip.Path)]).Distinct().Count();
        _teaching = new TeachOptions
        {
            EncoderName = Encoder,
            Sources = [$"{Encoder}@clip", Encoder],
            Classifiers = options.Classifiers,
            Giveaways = false,
            Threads = threads,
        };
    }

    /// <summary>What the page says of the clips.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="command">The command that makes the page again.</param>
    /// <param name="finished">When, UTC.</param>
    public RecipeOrigin Origin(string name, string command, DateTime finished) =>
        new(name, _folder.Clips.Count, _folder.Classes.Count, _groups, _leftForTest, command, finished);

    /// <summary>The clips with their sizes and groups, as a checksum.</summary>
    public string Checksum()
    {
        string[] paths = [.. _folder.Clips.Select(clip => clip.Path).Order(StringComparer.Ordinal)];
        IReadOnlyList<string>? groups = _options.Groups?.Of(paths);
        var hash = new XxHash3();
        for (int i = 0; i < paths.Length; i++)
        {
            long bytes = ClipContent.Of(Path.Combine(_folder.Folder, paths[i])).Bytes;
            hash.Append(Encoding.UTF8.GetBytes($"{paths[i]}\n{bytes}\n{groups?[i]}\n"));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Measures a model.</summary>
    /// <param name="model">The model whose encoder is the only source.</param>
    /// <param name="progress">Told after every clip; null for nobody.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>Every way of telling the clips, and how they were held out in words.</returns>
    /// <exception cref="TaskGrainException">The clips cannot be read.</exception>
    public (IReadOnlyList<RecipeCell> Cells, string Split) Measure(
        VideoModel model,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        using var real = RealClips.Open(
            model,
            _folder,
            new RealOptions
            {
                Data = _options.Data,
                Groups = _options.Groups,
                Teaching = _teaching,
            },
            progress,
            cancel
        );
        var search = new TeachSearch(real.Clips, _folder.Classes.Count, _teaching, () => { }, alone: true);
        List<RecipeCell> cells = [];
        foreach (ShotCount shots in _options.Shots)
        {
            // All clips are one draw.
            IReadOnlyList<int>[] right =
            [
                .. Enumerable
                    .Range(0, shots.Clips is null ? 1 : _options.Draws)
                    .Select(draw => real.Draws.Right(search, shots.Clips, draw, choose: false, cancel)),
            ];
            cells.AddRange(
                search.Candidates.Select(
                    (way, i) =>
                        new RecipeCell(
                            real.Sources.Names[way.Sources[0]],
                            way.Kind,
                            shots,
                            [.. right.Select(ofWay => ofWay[i])],
                            real.Draws.Tested
                        )
                )
            );
        }

        return (cells, real.Split);
    }
}
