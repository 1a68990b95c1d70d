using SkiaSharp;
using TaskGrain.Video.Native;

namespace TaskGrain.Video;

/// <summary>
/// Reads a video kept as a folder of pictures, one a frame, as Something-Something V1 comes: <c>00001.jpg</c>,
/// <c>00002.jpg</c> … at 12 frames a second. Rate and size are changed exactly as for video files.
/// </summary>
internal static class FrameFolderReader
{
    /// <summary>Frames a second of Something-Something V1.</summary>
    public static FrameRate SomethingSomethingRate { get; } = 12;

    /// <summary>Whether a folder holds pictures to be read as frames.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>True when it holds at least one JPEG or PNG file that is not hidden.</returns>
    public static bool IsFrameFolder(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(IsPicture);

    /// <summary>
    /// Reads all pictures of a folder, in the natural order of their names: 2 before 10. Hidden files are passed over.
    /// </summary>
    /// <param name="folder">A folder with JPEG or PNG files.</param>
    /// <param name="format">Rate and size to bring them to.</param>
    /// <param name="framesPerSecond">
    /// The pictures' own rate, above 0; <see cref="SomethingSomethingRate"/> when null.
    /// </param>
    /// <param name="cancel">Stops the reading between two pictures.</param>
    /// <returns>
    /// The frames, with a warning when pictures are damaged or missing; their place is taken by the one before. Missing
    /// are numbers left out where the numbers of the names count frames.
    /// </returns>
    /// <exception cref="TaskGrainException">
    /// The folder is missing or holds no picture that can be decoded, or a picture cannot be opened.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asked to stop.</exception>
    public static VideoFrames Read(
        string folder,
        FrameFormat format,
        FrameRate? framesPerSecond = null,
        CancellationToken cancel = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(format);
        FrameRate rate = framesPerSecond ?? SomethingSomethingRate;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate.Numerator, nameof(framesPerSecond));
        format.Validate();
        if (!Directory.Exists(folder))
        {
            throw new TaskGrainException($"{folder}: there is no such folder.");
        }

        try
        {
            string[] files = [.. Directory.EnumerateFiles(folder).Where(IsPicture)];
            return files.Length > 0
                ? Decode(FrameNames.Of(files), format, rate, cancel)
                : throw new UnreadableVideoException(
                    "the folder holds no JPEG or PNG pictures to read as the frames of a video"
                );
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new TaskGrainException($"{folder}: the folder cannot be read: {fault.Message}", fault);
        }
        catch (UnreadableVideoException fault)
        {
            throw new TaskGrainException($"{folder}: {fault.Message}.", fault);
        }
    }

    private static VideoFrames Decode(FrameNames names, FrameFormat format, FrameRate rate, CancellationToken cancel)
    {
        // The first frames' places are filled too, where the first pictures are damaged.
        using var collector = new FrameCollector(format) { FillsStart = true };
        using var graph = new RateConversion(format, new Rational(rate.Denominator, rate.Numerator), collector);
        using var pictures = new PictureReader();
        var damaged = new List<string>();
        for (int i = 0; i < names.Files.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            string file = names.Files[i];
            nint picture = pictures.Read(file, DecoderName(file)!, out bool sound);
            if (!sound)
            {
                damaged.Add(Path.GetFileName(file));
            }

            if (picture != 0)
            {
                FrameLayout.Time(picture) = names.Places[i];
                graph.Push(picture);
            }
        }

        graph.Finish(names.Places[^1] + 1);
        if (collector.Count == 0)
        {
            throw new UnreadableVideoException(
                $"none of its {names.Files.Length} pictures can be decoded"
                    + (pictures.FirstFault is { } first ? ": " + first : "")
            );
        }

        var faults = new List<string>();
        if (damaged.Count > 0)
        {
            faults.Add($"{damaged.Count} of {names.Files.Length} pictures are damaged, the first is {damaged[0]}");
        }

        if (names.Missing > 0)
        {
            faults.Add(
                $"{names.Missing} numbers are missing between {Path.GetFileName(names.Files[0])} and "
                    + Path.GetFileName(names.Files[^1])
            );
        }

        if (names.Jump is { } jump)
        {
            faults.Add(jump);
        }

        return new VideoFrames(format, collector.Take(), faults.Count == 0 ? null : string.Join("; ", faults));
    }

    // macOS keeps a file ._NAME beside each on foreign disks, with the picture's ending and no picture in it.
    /// <summary>The size of a folder's first picture.</summary>
    /// <exception cref="TaskGrainException">It cannot be decoded.</exception>
    internal static (int Width, int Height) PictureSize(string folder)
    {
        string first = Directory.EnumerateFiles(folder).Where(IsPicture).Min(StringComparer.Ordinal)!;
        using SKCodec picture =
            SKCodec.Create(first) ?? throw new TaskGrainException($"{first}: not a picture, or a damaged one.");
        return (picture.Info.Width, picture.Info.Height);
    }

    private static bool IsPicture(string file) =>
        DecoderName(file) is not null && !Path.GetFileName(file).StartsWith('.');

    private static string? DecoderName(string file) =>
        Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".JPG" or ".JPEG" => "mjpeg",
            ".PNG" => "png",
            _ => null,
        };
}
