using System.IO.Hashing;
using TaskGrain.Labels;

namespace TaskGrain.Data;

/// <summary>The bytes of a clip: a video file, or the JPEG frames of a folder one after another.</summary>
internal sealed class ClipContent
{
    private readonly string[] _files;

    private ClipContent(string[] files, long bytes) => (_files, Bytes) = (files, bytes);

    /// <summary>Their number.</summary>
    public long Bytes { get; }

    public static ClipContent Of(string path)
    {
        if (File.Exists(path))
        {
            try
            {
                using FileStream stream = File.OpenRead(path); // a link's own length is not its target's
                return new ClipContent([path], stream.Length);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return new ClipContent([], 0);
            }
        }

        string[] frames = Directory.Exists(path)
            ?
            [
                .. Directory
                    .EnumerateFiles(path)
                    .Where(file => MediaNames.IsFrame(Path.GetFileName(file)))
                    .Order(StringComparer.Ordinal),
            ]
            : [];
        return new ClipContent(frames, frames.Sum(file => new FileInfo(file).Length));
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
