namespace TaskGrain.Video.Native;

/// <summary>
/// The filter graph that brings decoded pictures to one rate and size, as <c>-vf fps=…,scale=…:flags=area</c> does.
/// It is built for the first picture and again when the picture's size, pixel format or rotation changes.
/// </summary>
/// <remarks>
/// How long the last picture is shown decides whether the fps filter gives one frame more. The ffmpeg program tells
/// its filters that time at the end; the <c>movie</c> source filter does not, and so gives 48 frames for a clip of 49.
/// Hence a <c>buffer</c> source, closed with the time at which the last picture ends.
/// </remarks>
internal sealed unsafe class FrameGraph(FrameFormat format, Rational timeBase, FrameCollector collector) : IDisposable
{
    private const int KeepReference = 8;
    private readonly Ffmpeg _ffmpeg = Ffmpeg.Instance;
    private readonly nint _output = Ffmpeg.Instance.av_frame_alloc();
    private nint _graph;
    private nint _source;
    private nint _sink;
    private string? _description;
    private string _rotation = "";

    /// <summary>Puts a picture in and collects what comes out.</summary>
    /// <param name="frame">An AVFrame with its time set; stays the caller's.</param>
    public void Push(nint frame)
    {
        string description = Describe(frame);
        if (description != _description)
        {
            Build(description);
        }

        Check(_ffmpeg.av_buffersrc_add_frame_flags(_source, frame, KeepReference));
        Pull();
    }

    /// <summary>Ends the video and collects the rest.</summary>
    /// <param name="endTime">When the last picture stops being shown, in the time base.</param>
    public void Finish(long endTime)
    {
        if (_graph != 0)
        {
            Check(_ffmpeg.av_buffersrc_close(_source, endTime, 0));
            Pull();
        }
    }

    public void Dispose()
    {
        FreeGraph();
        nint output = _output;
        _ffmpeg.av_frame_free(&output);
    }

    private string Describe(nint frame)
    {
        // Some containers mark the rotation on the first picture only.
        _rotation = DisplayRotation.Filters(_ffmpeg, frame) ?? _rotation;
        string colour = _ffmpeg.Generation.GraphTakesColour
            ? $":colorspace={_ffmpeg.Frames.ColourSpace(frame)}:range={_ffmpeg.Frames.ColourRange(frame)}"
            : "";
        return $"buffer@in=video_size={FrameLayout.Width(frame)}x{FrameLayout.Height(frame)}:pix_fmt={FrameLayout.PixelFormat(frame)}"
            + $":time_base={timeBase.Numerator}/{timeBase.Denominator}{colour},{_rotation}"
            + $"fps={format.FramesPerSecond},scale={format.Width}:{format.Height}:flags=area,format=rgb24,buffersink@out";
    }

    private void Build(string description)
    {
        FreeGraph();
        _graph = _ffmpeg.avfilter_graph_alloc();
        _ffmpeg.SetOption(_graph, "threads", "1");
        nint openInputs = 0;
        nint openOutputs = 0;
        fixed (
            byte* text = Ffmpeg.Text(description),
                source = "buffer@in\0"u8,
                sink = "buffersink@out\0"u8
        )
        {
            Check(_ffmpeg.avfilter_graph_parse2(_graph, text, &openInputs, &openOutputs));
            Check(_ffmpeg.avfilter_graph_config(_graph, 0));
            _source = _ffmpeg.avfilter_graph_get_filter(_graph, source);
            _sink = _ffmpeg.avfilter_graph_get_filter(_graph, sink);
        }

        _description = description;
    }

    private void Pull()
    {
        int result;
        while ((result = _ffmpeg.av_buffersink_get_frame(_sink, _output)) >= 0)
        {
            // The fps filter's time base is one frame, so times are frame numbers.
            collector.Add(_output, FrameLayout.Time(_output));
            _ffmpeg.av_frame_unref(_output);
        }

        if (result != Ffmpeg.TryAgain && result != Ffmpeg.EndOfFile)
        {
            Check(result);
        }
    }

    private void Check(int result)
    {
        if (result < 0)
        {
            throw new UnreadableVideoException(
                $"the pictures cannot be converted to {format}: {_ffmpeg.Describe(result)}"
            );
        }
    }

    private void FreeGraph()
    {
        nint graph = _graph;
        _ffmpeg.avfilter_graph_free(&graph);
        _graph = 0;
        _description = null;
    }
}
