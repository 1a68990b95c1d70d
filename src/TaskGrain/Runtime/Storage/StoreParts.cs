using System.Diagnostics;

namespace TaskGrain.Runtime.Storage;

/// <summary>All parts of one store, complete and fitting together.</summary>
internal sealed class StoreParts
{
    private static readonly TimeSpan CommitInterval = TimeSpan.FromSeconds(2);

    private readonly PartFile[] _files;

    private StoreParts(string[] folders, PartFile[] files)
    {
        Folders = folders;
        _files = files;
        Failed = files.SelectMany(file => file.Failed).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The parts' folders, in the order of their numbers.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>Names of clips that could not be had.</summary>
    public IReadOnlySet<string> Failed { get; }

    /// <summary>All clips in the order of the whole, each with its part's place in <see cref="Folders"/>.</summary>
    public IEnumerable<(string Id, int Part)> Clips
    {
        get
        {
            for (int i = 0; i < Count; i++)
            {
                int part = i % _files.Length;
                yield return (_files[part].Clips[i / _files.Length], part);
            }
        }
    }

    /// <summary>Each clip's hash; null unless every part has noted them.</summary>
    public IReadOnlyDictionary<string, string>? Hashes =>
        _files.All(file => file.Hashes is not null)
            ? _files
                .SelectMany(file => file.Clips.Zip(file.Hashes!))
                .ToDictionary(clip => clip.First, clip => clip.Second, StringComparer.Ordinal)
            : null;

    /// <summary>How many clips the whole is to have.</summary>
    public int Count => _files.Sum(file => file.Clips.Count);

    /// <summary>Reads what the parts say of themselves.</summary>
    /// <param name="folders">Their folders, in any order.</param>
    /// <param name="into">The folder that the whole will lie in.</param>
    /// <exception cref="TaskGrainException">
    /// A folder is no part, one is unfinished, there twice or missing, or they are of different wholes.
    /// </exception>
    public static StoreParts Open(IReadOnlyList<string> folders, string into)
    {
        if (folders.Count == 0)
        {
            throw new TaskGrainException("There are no parts to join; name the folders of all of them.");
        }

        (string Folder, PartFile File)[] parts =
        [
            .. folders.Select(folder => (folder, PartFile.Load(folder))).OrderBy(part => part.Item2.Part),
        ];
        (string first, PartFile like) = parts[0];
        foreach ((string folder, PartFile file) in parts)
        {
            if (file.Of != like.Of || file.Whole != like.Whole)
            {
                throw new TaskGrainException(
                    $"{folder} and {first} are parts of different stores: {file.Part}/{file.Of} of clips "
                        + $"{file.Whole[..8]}, {like.Part}/{like.Of} of {like.Whole[..8]}."
                );
            }

            if (!file.Finished)
            {
                throw new TaskGrainException(
                    $"{folder} is not finished: run again what makes part {file.Part}/{file.Of}."
                );
            }
        }

        Complete([.. parts.Select(part => part.File.Part)], parts, like.Of);
        if (File.Exists(Path.Combine(into, PartFile.FileName)))
        {
            throw new TaskGrainException($"{into} is a part itself; join the parts in a folder of its own.");
        }

        var set = new StoreParts([.. parts.Select(part => part.Folder)], [.. parts.Select(part => part.File)]);
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].File.Clips.Count != new StorePart(i + 1, like.Of).CountIn(set.Count))
            {
                throw new TaskGrainException($"{parts[i].Folder}: its list of clips is not complete; make it again.");
            }
        }

        return PartFile.HashOf(set.Clips.Select(clip => clip.Id)) == like.Whole
            ? set
            : throw new TaskGrainException(
                $"{first}: the parts' lists of clips do not give the whole; make them again."
            );
    }

    /// <summary>Refuses a part that lacks a clip of its list, or has one of another's.</summary>
    /// <param name="part">The part's place in <see cref="Folders"/>.</param>
    /// <param name="there">Names of the clips in its store.</param>
    /// <exception cref="TaskGrainException">It does not hold what it says.</exception>
    public void Check(int part, IEnumerable<string> there)
    {
        var missing = _files[part].Clips.Except(Failed).ToHashSet(StringComparer.Ordinal);
        foreach (string id in there)
        {
            if (!missing.Remove(id))
            {
                throw new TaskGrainException($"{Folders[part]}: clip '{id}' is not one of this part, or there twice.");
            }
        }

        if (missing.Count > 0)
        {
            throw new TaskGrainException(
                $"{Folders[part]}: {missing.Count} clips of the part are missing, such as '{missing.First()}'; run "
                    + $"again what makes it."
            );
        }
    }

    /// <summary>Refuses a folder that holds clips that are none of the parts'.</summary>
    /// <param name="into">The folder that the whole will lie in.</param>
    /// <param name="count">How many clips it has.</param>
    /// <param name="contains">Whether it has a clip.</param>
    /// <exception cref="TaskGrainException">It holds others.</exception>
    public void CheckTarget(string into, int count, Func<string, bool> contains)
    {
        int known = count == 0 ? 0 : Clips.Count(clip => contains(clip.Id));
        if (known != count)
        {
            throw new TaskGrainException(
                $"{into} holds {count - known} clips that are in none of the parts; join them in a folder of its own."
            );
        }
    }

    /// <summary>Brings every clip into the whole, in its order, with a commit now and then.</summary>
    /// <param name="append">Takes a clip's name and its part's place in <see cref="Folders"/>.</param>
    /// <param name="commit">Makes sure of what was appended; the last clips are the caller's to commit.</param>
    /// <param name="progress">Told after every clip, or null.</param>
    /// <param name="cancel">Stops between clips.</param>
    public void Join(
        Action<string, int> append,
        Action commit,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        long started = Stopwatch.GetTimestamp();
        long lastCommit = started;
        int done = 0;
        foreach ((string id, int part) in Clips)
        {
            cancel.ThrowIfCancellationRequested();
            append(id, part);
            if (Stopwatch.GetElapsedTime(lastCommit) > CommitInterval)
            {
                commit();
                lastCommit = Stopwatch.GetTimestamp();
            }

            double rate = ++done / Stopwatch.GetElapsedTime(started).TotalSeconds;
            progress?.Report(new WorkProgress("joining", done, Count, "clips", rate));
        }
    }

    private static void Complete(int[] numbers, (string Folder, PartFile File)[] parts, int of)
    {
        for (int i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] == numbers[i - 1])
            {
                throw new TaskGrainException(
                    $"{parts[i - 1].Folder} and {parts[i].Folder} are both part {numbers[i]} of {of}; name one of them."
                );
            }
        }

        int[] missing = [.. Enumerable.Range(1, of).Except(numbers)];
        if (missing.Length > 0)
        {
            string shown = string.Join(", ", missing.Take(10)) + (missing.Length > 10 ? ", …" : "");
            throw new TaskGrainException($"Of {of} parts, {missing.Length} are not given: {shown}.");
        }
    }
}
