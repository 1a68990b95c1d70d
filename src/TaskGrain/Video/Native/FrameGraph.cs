namespace TaskGrain.Video.Native;

/// <summary>
/// The filter graph that brings decoded pictures to one size, as <c>-vf scale=…:flags=area</c> does. It is built for
/// the first picture and again when the picture's size, pixel format or rotation changes.
/// </summary>
internal sealed unsafe class FrameGraph(FrameFormat format) : IDisposable
{
    private const int KeepReference = 8;
    private readonly Ffmpeg _ffmpeg = Ffmpeg.Instance;
    private readonly nint _output = Ffmpeg.Instance.av_frame_alloc();
    private nint _graph;
    private nint _source;
    private nint _sink;
    private string? _description;
    private string _rotation = "";

    /// <summary>Makes the graph ready for a picture.</summary>
    /// <param name="frame">An AVFrame; stays the caller's.</param>
    /// <returns>Whether it differs from the one before, so that a new graph was built.</returns>
    public bool Prepare(nint frame)
    {
        string description = Describe(frame);
        if (description == _description)
        {
            return false;
        }

        Build(description);
        return true;
    }

    /// <summary>Brings a picture to the format's size, in RGB.</summary>
    /// <param name="frame">An AVFrame that the graph was made ready for; stays the caller's.</param>
    /// <returns>An AVFrame, valid until the next call.</returns>
    public nint Scale(nint frame)
    {
        _ffmpeg.av_frame_unref(_output);
        Check(_ffmpeg.av_buffersrc_add_frame_flags(_source, frame, KeepReference));
        Check(_ffmpeg.av_buffersink_get_frame(_sink, _output));
        return _output;
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
        return $"buffer@in=video_size={FrameLayout.Width(frame)}x{FrameLayout.Height(frame)}"
            + $":pix_fmt={FrameLayout.PixelFormat(frame)}:time_base=1/1{colour},{_rotation}"
            + $"scale={format.Width}:{format.Height}:flags=area,format=rgb24,buffersink@out";
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
