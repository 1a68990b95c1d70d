using System.Globalization;
using TaskGrain.Video.Native;

namespace TaskGrain.Video;

/// <summary>
/// Reads a video kept as a folder of pictures, one a frame, as Something-Something V1 comes: <c>00001.jpg</c>,
/// <c>00002.jpg</c> … at 12 frames a second. Rate and size are changed exactly as for video files.
/// </summary>
public static class FrameFolderReader
{
    /// <summary>Frames a second of Something-Something V1.</summary>
    public static FrameRate SomethingSomethingRate { get; } = 12;

    /// <summary>Whether a folder holds pictures to be read as frames.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>True when it holds at least one JPEG or PNG file.</returns>
    public static bool IsFrameFolder(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(file => DecoderName(file) is not null);

    /// <summary>Reads all pictures of a folder, in the order of their names.</summary>
    /// <param name="folder">A folder with JPEG or PNG files.</param>
    /// <param name="format">Rate and size to bring them to.</param>
    /// <param name="framesPerSecond">
    /// The pictures' own rate, above 0; <see cref="SomethingSomethingRate"/> when null.
    /// </param>
    /// <param name="cancel">Stops the reading between two pictures.</param>
    /// <returns>
    /// The frames, with a warning when pictures are damaged or missing; their place is taken by the one before.
    /// </returns>
    /// <exception cref="TaskGrainException">The folder is missing or holds no picture that can be decoded.</exception>
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

        string[] files =
        [
            .. Directory
                .EnumerateFiles(folder)
                .Where(file => DecoderName(file) is not null)
                .Order(StringComparer.Ordinal),
        ];
        if (files.Length == 0)
        {
            throw new TaskGrainException(
                $"{folder}: the folder holds no JPEG or PNG pictures to read as the frames of a video."
            );
        }

        try
        {
            return Decode(files, format, rate, cancel);
        }
        catch (UnreadableVideoException fault)
        {
            throw new TaskGrainException($"{folder}: {fault.Message}.", fault);
        }
    }

    private static VideoFrames Decode(string[] files, FrameFormat format, FrameRate rate, CancellationToken cancel)
    {
        using FfmpegLog.Scope log = FfmpegLog.Collect();
        using var collector = new FrameCollector(format);
        using var graph = new FrameGraph(format, new Rational(rate.Denominator, rate.Numerator), collector);
        using var packet = new Packet();
        var decoders = new Dictionary<string, Decoder>(StringComparer.Ordinal);
        var damaged = new List<string>();
        long firstNumber = Number(files[0]) ?? 0;
        long time = -1;
        int missing = 0;
        try
        {
            foreach (string file in files)
            {
                cancel.ThrowIfCancellationRequested();

                // A number left out leaves a gap in time, which the frame before then fills.
                long next = Number(file) - firstNumber is { } numbered && numbered > time ? numbered : time + 1;
                missing += (int)(next - time - 1);
                time = next;
                string name = DecoderName(file)!;
                if (!decoders.TryGetValue(name, out Decoder? decoder))
                {
                    decoders[name] = decoder = Decoder.ByName(name);
                }

                if (!DecodePicture(decoder, packet, File.ReadAllBytes(file)))
                {
                    damaged.Add(Path.GetFileName(file));
                    continue;
                }

                FrameLayout.Time(decoder.Frame) = time;
                graph.Push(decoder.Frame);
            }
        }
        finally
        {
            foreach (Decoder decoder in decoders.Values)
            {
                decoder.Dispose();
            }
        }

        graph.Finish(time + 1);
        if (collector.Count == 0)
        {
            throw new UnreadableVideoException(
                $"none of its {files.Length} pictures can be decoded{(log.Count > 0 ? ": " + log.Summary() : "")}"
            );
        }

        var faults = new List<string>();
        if (damaged.Count > 0)
        {
            faults.Add($"{damaged.Count} of {files.Length} pictures are damaged, the first is {damaged[0]}");
        }

        if (missing > 0)
        {
            faults.Add(
                $"{missing} numbers are missing between {Path.GetFileName(files[0])} and {Path.GetFileName(files[^1])}"
            );
        }

        return new VideoFrames(format, collector.ToArray(), faults.Count == 0 ? null : string.Join("; ", faults));
    }

    private static bool DecodePicture(Decoder decoder, Packet packet, byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return false;
        }

        packet.Fill(bytes);
        bool sent = decoder.Send(packet.Address);
        if (sent && decoder.Receive(out _))
        {
            return true;
        }

        decoder.Restart();
        return false;
    }

    private static long? Number(string file) =>
        long.TryParse(
            Path.GetFileNameWithoutExtension(file),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out long number
        )
            ? number
            : null;

    private static string? DecoderName(string file) =>
        Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".JPG" or ".JPEG" => "mjpeg",
            ".PNG" => "png",
            _ => null,
        };
}
