namespace TaskGrain.Video.Native;

/// <summary>A codec that turns packets into pictures, on the calling thread.</summary>
internal sealed unsafe class Decoder : IDisposable
{
    private readonly Ffmpeg _ffmpeg = Ffmpeg.Instance;
    private nint _context;
    private nint _frame;

    /// <param name="codec">An AVCodec.</param>
    /// <param name="parameters">The stream's AVCodecParameters, or 0.</param>
    public Decoder(nint codec, nint parameters)
    {
        _context = _ffmpeg.avcodec_alloc_context3(codec);
        _frame = _ffmpeg.av_frame_alloc();
        try
        {
            if (parameters != 0)
            {
                Check(_ffmpeg.avcodec_parameters_to_context(_context, parameters));
            }

            // Clips are decoded side by side, which uses the cores better than threads within a clip.
            _ffmpeg.SetOption(_context, "threads", "1");
            Check(_ffmpeg.avcodec_open2(_context, codec, 0));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Pictures that a packet's decoding lies ahead of its showing, as far as the header says.</summary>
    public int Delay => (int)_ffmpeg.GetOption(_context, "has_b_frames");

    /// <summary>The picture last received, an AVFrame; valid until the next call.</summary>
    public nint Frame => _frame;

    /// <summary>A decoder by its name in FFmpeg, such as <c>mjpeg</c>.</summary>
    public static Decoder ByName(string name)
    {
        fixed (byte* text = Ffmpeg.Text(name))
        {
            nint codec = Ffmpeg.Instance.avcodec_find_decoder_by_name(text);
            return codec != 0
                ? new Decoder(codec, 0)
                : throw new UnreadableVideoException($"FFmpeg as installed here has no {name} decoder");
        }
    }

    /// <summary>Puts a packet in.</summary>
    /// <param name="packet">An AVPacket, or 0 for the end of the stream.</param>
    /// <returns>False when the decoder rejects it as damaged.</returns>
    public bool Send(nint packet) => _ffmpeg.avcodec_send_packet(_context, packet) is >= 0 or Ffmpeg.EndOfFile;

    /// <summary>Takes the next picture out.</summary>
    /// <param name="damaged">Whether the data was found to be damaged; more pictures may follow.</param>
    /// <returns>Whether there is one; if neither, the decoder needs more packets or is at its end.</returns>
    public bool Receive(out bool damaged)
    {
        _ffmpeg.av_frame_unref(_frame);
        int result = _ffmpeg.avcodec_receive_frame(_context, _frame);
        damaged = result < 0 && result != Ffmpeg.TryAgain && result != Ffmpeg.EndOfFile;
        return result >= 0;
    }

    /// <summary>Forgets everything put in, to begin anew after the end of a stream.</summary>
    public void Restart() => _ffmpeg.avcodec_flush_buffers(_context);

    public void Dispose()
    {
        nint context = _context;
        nint frame = _frame;
        _ffmpeg.avcodec_free_context(&context);
        _ffmpeg.av_frame_free(&frame);
        _context = 0;
        _frame = 0;
    }

    private void Check(int result)
    {
        if (result < 0)
        {
            throw new UnreadableVideoException($"its video codec cannot be opened: {_ffmpeg.Describe(result)}");
        }
    }
}
