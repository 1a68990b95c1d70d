namespace TaskGrain.Video.Native;

/// <summary>
/// Picks the pictures of a constant rate and brings them to one size, as <c>-vf fps=…,scale=…</c> does: the frame of
/// a number is the last picture whose time, rounded to the nearest frame, is not after it. A picture that is shown for
/// long is scaled once and copied, where the program's filter would scale every copy.
/// </summary>
/// <remarks>
/// How long the last picture is shown decides whether there is one frame more. The ffmpeg program tells its filters
/// that time at the end; the <c>movie</c> source filter does not, and so gives 48 frames for a clip of 49.
/// </remarks>
internal sealed unsafe class RateConversion : IDisposable
{
    private readonly Ffmpeg _ffmpeg = Ffmpeg.Instance;
    private readonly FrameRate _rate;
    private readonly Rational _timeBase;
    private readonly FrameCollector _collector;
    private readonly FrameGraph _graph;
    private readonly nint _held = Ffmpeg.Instance.av_frame_alloc();
    private bool _holds;
    private long _next;

    /// <param name="format">Rate and size.</param>
    /// <param name="timeBase">Seconds of a tick of the pictures' times.</param>
    /// <param name="collector">Takes the frames.</param>
    public RateConversion(FrameFormat format, Rational timeBase, FrameCollector collector)
    {
        _rate = format.FramesPerSecond;
        _timeBase = timeBase;
        _collector = collector;
        _graph = new FrameGraph(format);
    }

    /// <summary>Takes the next picture, and gives the frames that the one before is shown in.</summary>
    /// <param name="frame">An AVFrame with its time set; it is empty afterwards.</param>
    public void Push(nint frame)
    {
        if (_graph.Prepare(frame))
        {
            // The program builds its filters anew and loses what they hold; the collector fills the places.
            _holds = false;
        }

        long time = FrameLayout.Time(frame);
        if (time == Ffmpeg.NoTime)
        {
            return;
        }

        long number = _timeBase.ToFrames(time, _rate);
        if (_holds)
        {
            ShowUntil(number);
        }
        else
        {
            _next = number;
        }

        _ffmpeg.av_frame_unref(_held);
        _ffmpeg.av_frame_move_ref(_held, frame);
        _holds = true;
    }

    /// <summary>Gives the frames of the last picture.</summary>
    /// <param name="endTime">When it stops being shown, in the time base.</param>
    public void Finish(long endTime)
    {
        if (!_holds)
        {
            return;
        }

        // A video shorter than half a frame is one frame, where the program gives none.
        long end = _timeBase.ToFrames(endTime, _rate);
        ShowUntil(_collector.Count == 0 ? Math.Max(end, _next + 1) : end);
    }

    public void Dispose()
    {
        _graph.Dispose();
        nint held = _held;
        _ffmpeg.av_frame_free(&held);
    }

    private void ShowUntil(long number)
    {
        if (number > _next)
        {
            _collector.Add(_graph.Scale(_held), _next, number - _next);
            _next = number;
        }
    }
}
