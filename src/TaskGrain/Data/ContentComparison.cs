using System.Diagnostics;
using TaskGrain.Labels;

namespace TaskGrain.Data;

/// <summary>
/// Finds clips whose files hold the same bytes. Sizes are compared first, then four kilobytes from the middle of
/// those of equal size (heads of video files are often alike), and whole files only where these agree.
/// </summary>
internal sealed class ContentComparison(DataSet data, int threads)
{
    private const int ProbeBytes = 4096;
    private const int ReportEvery = 256;

    public IReadOnlyList<DataProblem> Run(IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var clips = data
            .Annotations.Where(annotation => annotation.Media is not null)
            .Select(annotation => (Annotation: annotation, Content: ClipContent.Of(data.MediaPath(annotation))))
            .ToList();
        var sameSize = clips
            .GroupBy(clip => clip.Content.Bytes)
            .Where(group => group.Count() > 1)
            .SelectMany(group => group)
            .ToList();
        var sameProbe = Match(sameSize, "comparing", content => content.Hash(ProbeBytes), progress, cancellation);
        var same = Match(
            [.. sameProbe.SelectMany(group => group)],
            "comparing closely",
            content => content.Hash(null),
            progress,
            cancellation
        );
        return [.. same.SelectMany(group => Report([.. group.Select(clip => clip.Annotation)]))];
    }

    private List<List<(Annotation Annotation, ClipContent Content)>> Match(
        List<(Annotation Annotation, ClipContent Content)> clips,
        string stage,
        Func<ClipContent, UInt128?> hash,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation
    )
    {
        var hashes = new UInt128?[clips.Count];
        long started = Stopwatch.GetTimestamp();
        int done = 0;
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount,
            CancellationToken = cancellation,
        };
        Parallel.For(
            0,
            clips.Count,
            parallel,
            i =>
            {
                hashes[i] = hash(clips[i].Content);
                int now = Interlocked.Increment(ref done);
                if (now % ReportEvery == 0 || now == clips.Count)
                {
                    progress?.Report(
                        new WorkProgress(
                            stage,
                            now,
                            clips.Count,
                            "files",
                            now / Stopwatch.GetElapsedTime(started).TotalSeconds
                        )
                    );
                }
            }
        );
        return
        [
            .. clips
                .Zip(hashes)
                .Where(pair => pair.Second is not null)
                .GroupBy(pair => (pair.First.Content.Bytes, pair.Second), pair => pair.First)
                .Where(group => group.Count() > 1)
                .Select(group => group.ToList()),
        ];
    }

    private IEnumerable<DataProblem> Report(Annotation[] same)
    {
        Annotation first = same[0];
        foreach (Annotation other in same.Skip(1))
        {
            bool leak = other.Split != first.Split;
            bool contradiction = other.Category != first.Category && other.Category >= 0 && first.Category >= 0;
            string label = contradiction
                ? $" Their categories differ: '{data.Taxonomy.Categories[first.Category]}' and "
                    + $"'{data.Taxonomy.Categories[other.Category]}'."
                : "";
            yield return new DataProblem
            {
                Kind = leak ? DataProblemKind.SplitLeak : DataProblemKind.DuplicateContent,
                File = other.Media!,
                Id = other.Id,
                Reason = leak
                    ? $"the {other.Split.Name()} clip has the same content as the {first.Split.Name()} clip "
                        + $"{first.Media}: what is measured on it was learned by heart.{label}"
                    : $"the clip has the same content as {first.Media}, of the same split.{label}",
                Fix = leak ? $"Remove one of them, best from {first.Split.Name()}." : "Remove one of them.",
            };
        }
    }
}
