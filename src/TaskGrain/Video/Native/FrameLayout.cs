namespace TaskGrain.Video.Native;

/// <summary>
/// Where the fields of an AVFrame lie. Its head is the same in FFmpeg 4 to 8. The later fields are found from the one
/// that a fresh frame shows: the best-effort time is the last that holds "no time".
/// </summary>
internal sealed unsafe class FrameLayout
{
    private const int Data = 0;
    private const int LineSize = 64;
    private const int WidthField = 104;
    private const int HeightField = 108;
    private const int FormatField = 116;
    private const int PresentationTime = 136;
    private const int SearchEnd = 400;

    private readonly int _bestEffortTime;

    public FrameLayout(Ffmpeg ffmpeg)
    {
        nint frame = ffmpeg.av_frame_alloc();
        try
        {
            for (int at = PresentationTime; at < SearchEnd; at += sizeof(long))
            {
                if (*(long*)(frame + at) == Ffmpeg.NoTime)
                {
                    _bestEffortTime = at;
                }
            }

            if (*(long*)(frame + PresentationTime) != Ffmpeg.NoTime || _bestEffortTime <= PresentationTime)
            {
                throw new TaskGrainException(
                    $"FFmpeg {ffmpeg.Generation.Release} as installed here lays frames out in an unknown way; "
                        + $"install another version."
                );
            }
        }
        finally
        {
            ffmpeg.av_frame_free(&frame);
        }
    }

    public static byte* Pixels(nint frame) => *(byte**)(frame + Data);

    public static int Stride(nint frame) => *(int*)(frame + LineSize);

    public static int Width(nint frame) => *(int*)(frame + WidthField);

    public static int Height(nint frame) => *(int*)(frame + HeightField);

    public static int PixelFormat(nint frame) => *(int*)(frame + FormatField);

    public static ref long Time(nint frame) => ref *(long*)(frame + PresentationTime);

    public long BestEffortTime(nint frame) => *(long*)(frame + _bestEffortTime);

    // The colour fields lie before it: flags, range, primaries, transfer, space, chroma location, padding.
    public int ColourRange(nint frame) => *(int*)(frame + _bestEffortTime - 24);

    public int ColourSpace(nint frame) => *(int*)(frame + _bestEffortTime - 12);
}
