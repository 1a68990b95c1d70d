using System.IO.Hashing;
using TaskGrain.Labels;

namespace TaskGrain.Data;

/// <summary>The bytes of a clip: a video file, or the frames of a folder one after another.</summary>
internal sealed class ClipContent
{
    private readonly string[] _files;

    private ClipContent(string[] files, long bytes) => (_files, Bytes) = (files, bytes);

    /// <summary>Their number.</summary>
    public long Bytes { get; }

    /// <summary>Looks at a clip; what cannot be looked at has no bytes, which is another check's concern.</summary>
    public static ClipContent Of(string path)
    {
        string[] files = Directory.Exists(path)
            ?
            [
                .. FolderListing
                    .List(path, EntryKind.File)
                    .Where(file => MediaNames.IsFrame(file.Name))
                    .Select(file => file.Path),
            ]
            : [path];

        // Pipes and devices have no size, and opening one may wait for ever.
        long[] sizes = [.. files.Select(file => FolderListing.SizeOf(file) ?? 0)];
        return new ClipContent([.. files.Where((_, i) => sizes[i] > 0)], sizes.Sum());
    }

    /// <summary>A checksum of the whole, or of a probe from its middle.</summary>
    /// <param name="probeBytes">Length of the probe; null for the whole.</param>
    /// <returns>Null when the bytes cannot be read; that is another check's concern.</returns>
    public UInt128? Hash(int? probeBytes)
    {
        if (_files.Length == 0)
        {
            return null;
        }

        var hash = new XxHash128();
        try
        {
            foreach (
                string file in probeBytes is null
                    ? _files
                    : _files[(_files.Length / 2)..Math.Min(_files.Length, (_files.Length / 2) + 1)]
            )
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
                if (probeBytes is { } length)
                {
                    byte[] probe = new byte[length];
                    stream.Position = Math.Max(0, (stream.Length - length) / 2);
                    hash.Append(probe.AsSpan(0, stream.ReadAtLeast(probe, length, throwOnEndOfStream: false)));
                }
                else
                {
                    hash.Append(stream);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return hash.GetCurrentHashAsUInt128();
    }
}
