using System.Buffers.Binary;

namespace TaskGrain.Video.Native;

/// <summary>Decodes single pictures, JPEG and PNG, with one decoder for each kind.</summary>
internal sealed class PictureReader : IDisposable
{
    private static ReadOnlySpan<byte> EndOfImage => [0xFF, 0xD9];

    private readonly FfmpegLog.Scope _log = FfmpegLog.Collect();
    private readonly Packet _packet = new();
    private readonly Dictionary<string, Decoder> _decoders = new(StringComparer.Ordinal);

    /// <summary>What FFmpeg said of the first picture that is damaged; null when it said nothing.</summary>
    public string? FirstFault { get; private set; }

    /// <summary>Decodes a picture.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="codec">FFmpeg's name of its codec.</param>
    /// <param name="sound">Whether it is whole; FFmpeg fills what is missing with grey.</param>
    /// <returns>An AVFrame, valid until the next picture; 0 when too little of it can be decoded to be shown.</returns>
    /// <exception cref="UnreadableVideoException">The file cannot be opened.</exception>
    public nint Read(string file, string codec, out bool sound)
    {
        byte[] bytes;
        try
        {
            // A pipe or a device has no length and would be waited for.
            bytes = new FileInfo(file).Length == 0 ? [] : File.ReadAllBytes(file);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableVideoException(
                $"its picture {Path.GetFileName(file)} cannot be opened: {closed.Message.TrimEnd('.')}"
            );
        }

        if (!_decoders.TryGetValue(codec, out Decoder? decoder))
        {
            _decoders[codec] = decoder = Decoder.ByName(codec);
        }

        bool decoded = Decode(decoder, bytes);
        string? fault = _log.Count > 0 ? _log.Summary() : null;
        _log.Forget();
        if (fault is not null && fault.StartsWith("unable to decode APP fields", StringComparison.Ordinal))
        {
            fault = null; // what a camera notes beside the picture is no part of it
        }

        bool complete = codec != "mjpeg" || HasEnd(bytes);
        sound = decoded && fault is null && complete;
        FirstFault ??= sound ? null : fault ?? (complete ? null : "the file ends early");
        return decoded && fault is null ? decoder.Frame : 0;
    }

    public void Dispose()
    {
        foreach (Decoder decoder in _decoders.Values)
        {
            decoder.Dispose();
        }

        _packet.Dispose();
        _log.Dispose();
    }

    private bool Decode(Decoder decoder, byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return false;
        }

        _packet.Fill(bytes);
        bool sent = decoder.Send(_packet.Address);
        if (sent && decoder.Receive(out _))
        {
            return true;
        }

        decoder.Restart();
        return false;
    }

    /// <summary>
    /// Whether a JPEG has the mark of its end behind its first scan; a thumbnail in its head has one of its own.
    /// </summary>
    private static bool HasEnd(ReadOnlySpan<byte> jpeg)
    {
        const byte StartOfScan = 0xDA;
        int at = 2;
        while (at + 4 <= jpeg.Length && jpeg[at] == 0xFF)
        {
            byte marker = jpeg[at + 1];
            if (marker == StartOfScan)
            {
                return jpeg[at..].IndexOf(EndOfImage) >= 0;
            }

            at += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        }

        return false;
    }
}
