namespace TaskGrain.Video.Native;

/// <summary>An AVPacket: compressed data and its times. Its fields lie the same way in FFmpeg 4 to 8.</summary>
internal sealed unsafe class Packet : IDisposable
{
    private const int PresentationTimeField = 8;
    private const int DecodingTimeField = 16;
    private const int DataField = 24;
    private const int SizeField = 32;
    private const int StreamField = 36;
    private const int FlagsField = 40;
    private const int DurationField = 64;
    private const int KeyPicture = 1;

    public Packet() => Address = Ffmpeg.Instance.av_packet_alloc();

    public nint Address { get; private set; }

    public ref long PresentationTime => ref *(long*)(Address + PresentationTimeField);

    public ref long DecodingTime => ref *(long*)(Address + DecodingTimeField);

    public int Stream => *(int*)(Address + StreamField);

    public int Size => *(int*)(Address + SizeField);

    public long Duration => *(long*)(Address + DurationField);

    /// <summary>
    /// Makes the packet a copy of the bytes of a picture that stands by itself: FFmpeg adds a PNG that does not to the
    /// one before.
    /// </summary>
    public void Fill(ReadOnlySpan<byte> bytes)
    {
        Clear();
        if (Ffmpeg.Instance.av_new_packet(Address, bytes.Length) < 0)
        {
            throw new UnreadableVideoException($"there is no memory for a packet of {bytes.Length} bytes");
        }

        *(int*)(Address + FlagsField) |= KeyPicture;
        bytes.CopyTo(new Span<byte>(*(byte**)(Address + DataField), bytes.Length));
    }

    public void Clear() => Ffmpeg.Instance.av_packet_unref(Address);

    public void Dispose()
    {
        nint packet = Address;
        Ffmpeg.Instance.av_packet_free(&packet);
        Address = 0;
    }
}
