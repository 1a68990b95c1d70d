using System.Diagnostics;
using System.Text.Json;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Data;

/// <summary>
/// <c>sources.json</c> of a store: what file each clip was decoded from, told by its length and a checksum of four
/// kilobytes from its middle. Ids of different data sets may be equal (many count from 1), and the frames of one under
/// the labels of another would be a silent fault.
/// </summary>
internal sealed class PackedSources
{
    public const string FileName = "sources.json";
    private const int ProbeBytes = 4096;
    private const int ReportEvery = 256;

    private readonly Dictionary<string, string> _byId;

    private PackedSources(Dictionary<string, string> byId) => _byId = byId;

    /// <summary>Reads a store's file; stores of earlier versions have none.</summary>
    /// <exception cref="TaskGrainException">The file is damaged.</exception>
    public static PackedSources Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new PackedSources([]);
        }

        try
        {
            using Stream stream = TextFile.OpenUtf8(path);
            return new PackedSources(
                JsonSerializer.Deserialize<Dictionary<string, string>>(stream, TaskGrainJson.Readable)
                    ?? throw new JsonException("the file holds null")
            );
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException(
                $"{path}: not what taskgrain pack wrote there ({fault.Message}); delete this file, and packing goes "
                    + $"on without comparing.",
                fault
            );
        }
    }

    /// <summary>Looks at the files of a data set.</summary>
    /// <returns>Those that can be read, by clip.</returns>
    public static PackedSources Of(
        DataSet data,
        int threads,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        string[] paths = [.. data.Annotations.Select(data.MediaPath)];
        string?[] sources = new string?[paths.Length];
        long started = Stopwatch.GetTimestamp();
        int done = 0;
        Parallel.For(
            0,
            sources.Length,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount,
                CancellationToken = cancel,
            },
            i =>
            {
                var content = ClipContent.Of(paths[i]);
                sources[i] = content.Hash(ProbeBytes) is { } hash ? $"{content.Bytes}-{hash:x32}" : null;
                int now = Interlocked.Increment(ref done);
                if (now % ReportEvery == 0)
                {
                    double rate = now / Stopwatch.GetElapsedTime(started).TotalSeconds;
                    progress?.Report(new WorkProgress("looking at files", now, paths.Length, "files", rate));
                }
            }
        );
        return new PackedSources(
            data.Annotations.Zip(sources)
                .Where(pair => pair.Second is not null)
                .ToDictionary(pair => pair.First.Id, pair => pair.Second!, StringComparer.Ordinal)
        );
    }

    /// <summary>Whether a clip's file is the one it was packed from; null when that is not known.</summary>
    public bool? Agrees(string id, PackedSources now) =>
        _byId.TryGetValue(id, out string? then) && now._byId.TryGetValue(id, out string? found) ? then == found : null;

    /// <summary>These sources, with those of another look for the clips that are not packed yet.</summary>
    public PackedSources With(PackedSources now, Func<string, bool> isPacked)
    {
        var all = _byId.Where(entry => isPacked(entry.Key)).ToDictionary(StringComparer.Ordinal);
        foreach ((string id, string source) in now._byId)
        {
            all.TryAdd(id, source);
        }

        return new PackedSources(all);
    }

    /// <summary>The sources of several parts of a store.</summary>
    /// <param name="parts">What each part says.</param>
    /// <param name="clips">All clips in the order of the whole.</param>
    public static PackedSources Join(IReadOnlyList<PackedSources> parts, IEnumerable<string> clips)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (PackedSources part in parts)
        {
            foreach ((string id, string source) in part._byId)
            {
                all[id] = source;
            }
        }

        return new PackedSources(
            clips.Where(all.ContainsKey).ToDictionary(id => id, id => all[id], StringComparer.Ordinal)
        );
    }

    public void Save(string folder) =>
        AtomicFile.Write(
            Path.Combine(folder, FileName),
            stream => JsonSerializer.Serialize(stream, _byId, TaskGrainJson.Readable)
        );
}
