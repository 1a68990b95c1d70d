namespace TaskGrain.Video.Native;

/// <summary>
/// Follows the times of a stream's packets as the ffmpeg program does: counts them from the start of the file, closes
/// the gap where pieces were joined or the time jumps, and guesses the decoding time of a packet that has none.
/// </summary>
/// <param name="timeBase">Seconds of a tick.</param>
/// <param name="averageDuration">Ticks of a picture; 0 when unknown.</param>
/// <param name="delay">Pictures by which decoding lies ahead of showing.</param>
/// <param name="timesMayJump">Whether the format is one in which a jump means nothing.</param>
internal sealed class PacketClock(Rational timeBase, long averageDuration, int delay, bool timesMayJump)
{
    // The program's dts_delta_threshold, and the step back that it takes for a jump. Microseconds, as in the program.
    private const long LargestStep = 10 * Ffmpeg.MicrosecondsPerSecond;
    private const long LargestStepBack = Ffmpeg.MicrosecondsPerSecond / 10;

    private long? _last;
    private long? _next;
    private long _decoding;
    private long _shown;
    private bool _begun;

    /// <summary>Jumps closed so far.</summary>
    public int Jumps { get; private set; }

    /// <summary>What is taken off the times that the file states, in ticks.</summary>
    public long Offset { get; private set; }

    /// <summary>How long the last packet's picture is shown, in ticks.</summary>
    public long LastDuration { get; private set; }

    /// <summary>The decoding time expected next, in ticks.</summary>
    public long Next => timeBase.FromMicroseconds(_next ?? _decoding);

    /// <summary>Sets where times are counted from.</summary>
    /// <param name="start">In ticks.</param>
    public void StartAt(long start) => Offset = start;

    /// <summary>Sets the times of the next packet.</summary>
    public void Set(Packet packet)
    {
        Shift(packet, Offset);
        if (packet.DecodingTime != Ffmpeg.NoTime)
        {
            if (timesMayJump && Jump(timeBase.ToMicroseconds(packet.DecodingTime)) is { } jump)
            {
                long ticks = timeBase.FromMicroseconds(jump);
                Offset += ticks;
                Shift(packet, ticks);
                Jumps++;
            }

            _last = _decoding = timeBase.ToMicroseconds(packet.DecodingTime);
        }
        else
        {
            // Decoding begins before the first picture is shown, where pictures wait for others.
            _decoding = _next ?? (_begun ? _decoding : -delay * timeBase.ToMicroseconds(averageDuration));
            if (packet.PresentationTime == Ffmpeg.NoTime)
            {
                packet.DecodingTime = timeBase.FromMicroseconds(_decoding);
            }
        }

        _begun = true;
        LastDuration = packet.Duration > 0 ? packet.Duration : averageDuration;
        _next = LastDuration > 0 ? _decoding + timeBase.ToMicroseconds(LastDuration) : null;
    }

    /// <summary>Notes that a picture came out.</summary>
    /// <param name="end">When the picture that came out stops being shown, in ticks.</param>
    public void NoteShown(long end)
    {
        _shown = timeBase.ToMicroseconds(end);
        _decoding = _next ?? _decoding;
    }

    private static void Shift(Packet packet, long ticks)
    {
        if (packet.PresentationTime != Ffmpeg.NoTime)
        {
            packet.PresentationTime = unchecked(packet.PresentationTime - ticks);
        }

        if (packet.DecodingTime != Ffmpeg.NoTime)
        {
            packet.DecodingTime = unchecked(packet.DecodingTime - ticks);
        }
    }

    /// <summary>How far a packet's decoding time lies from where it belongs; null where it does not jump.</summary>
    private long? Jump(long decoding)
    {
        if (_next is not { } next)
        {
            return _last is { } last && Math.Abs(decoding - last) > LargestStep ? decoding - last : null;
        }

        // Time runs backwards only where pieces were joined. The program also takes a picture that is shown well after
        // the next one is decoded for a jump, and so mixes up streams of variable rate whose pictures are reordered.
        bool backwards = decoding < _last && decoding + LargestStepBack < Math.Max(_shown, _decoding);
        return backwards || Math.Abs(decoding - next) > LargestStep ? decoding - next : null;
    }
}
