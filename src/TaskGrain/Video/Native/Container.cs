using System.Runtime.InteropServices;

namespace TaskGrain.Video.Native;

/// <summary>An opened media file and the video stream chosen from it.</summary>
internal sealed unsafe class Container : IDisposable
{
    private const int InputFormatField = 8;
    private const int StreamsField = 48;

    // Relative to AVStream.time_base.
    private const int DurationField = 16;
    private const int DispositionField = 32;
    private const int AttachedPicture = 0x400;

    private readonly Ffmpeg _ffmpeg = Ffmpeg.Instance;
    private nint _context;

    /// <summary>Opens a file.</summary>
    /// <exception cref="UnreadableVideoException">It is no media file or has no video.</exception>
    public Container(string path, FfmpegLog.Scope log)
    {
        // The file protocol takes the rest of the name as it is, whatever characters it holds.
        nint context = 0;
        int opened;
        fixed (byte* url = Ffmpeg.Text("file:" + Path.GetFullPath(path)))
        {
            opened = _ffmpeg.avformat_open_input(&context, url, 0, 0);
        }

        if (opened < 0)
        {
            throw new UnreadableVideoException($"not a video file, or a damaged one: {Reason(opened, log)}");
        }

        _context = context;
        try
        {
            RefuseTextArt();
            if (_ffmpeg.av_format_inject_global_side_data is not null)
            {
                _ffmpeg.av_format_inject_global_side_data(_context);
            }

            int probed = _ffmpeg.avformat_find_stream_info(_context, 0);
            if (probed < 0)
            {
                throw new UnreadableVideoException($"not a video file, or a damaged one: {Reason(probed, log)}");
            }

            nint codec = 0;
            Stream = _ffmpeg.av_find_best_stream(_context, Ffmpeg.MediaTypeVideo, -1, -1, &codec, 0);
            Codec = codec;
            if (Stream < 0 || IsCoverPicture())
            {
                throw new UnreadableVideoException(Stream == Ffmpeg.DecoderNotFound
                    ? "FFmpeg as installed here cannot decode its video"
                    : "it has no video stream (sound or text only)");
            }

            TimeBase = *(Rational*)StreamTimeBase;
            if (TimeBase.Numerator <= 0 || TimeBase.Denominator <= 0)
            {
                throw new UnreadableVideoException($"its time base {TimeBase.Numerator}/{TimeBase.Denominator} makes no sense");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Number of the video stream.</summary>
    public int Stream { get; }

    /// <summary>Its AVCodec.</summary>
    public nint Codec { get; }

    /// <summary>Seconds of a tick of its times.</summary>
    public Rational TimeBase { get; }

    /// <summary>Its AVCodecParameters.</summary>
    public nint CodecParameters => *(nint*)(StreamAddress + _ffmpeg.Generation.StreamCodecParameters);

    /// <summary>When the file's first stream starts, in microseconds; times are counted from there, as by the ffmpeg program.</summary>
    public long StartTime
    {
        get
        {
            long start = *(long*)(_context + _ffmpeg.Generation.FormatStartTime);
            return start == Ffmpeg.NoTime ? 0 : start;
        }
    }

    /// <summary>How long the stream says it is, in its time base; 0 when it does not.</summary>
    public long StatedDuration => Math.Max(0, *(long*)(StreamTimeBase + DurationField));

    private nint StreamAddress => (*(nint**)(_context + StreamsField))[Stream];

    private nint StreamTimeBase => StreamAddress + _ffmpeg.Generation.StreamTimeBase;

    /// <summary>Reads the next packet of any stream.</summary>
    /// <returns>0, <see cref="Ffmpeg.EndOfFile"/> or another error.</returns>
    public int Read(Packet packet)
    {
        packet.Clear();
        return _ffmpeg.av_read_frame(_context, packet.Address);
    }

    public void Dispose()
    {
        nint context = _context;
        _ffmpeg.avformat_close_input(&context);
        _context = 0;
    }

    private bool IsCoverPicture() => (*(int*)(StreamTimeBase + DispositionField) & AttachedPicture) != 0;

    /// <summary>FFmpeg draws plain text files as the screen of a terminal; nobody means those.</summary>
    private void RefuseTextArt()
    {
        nint name = **(nint**)(_context + InputFormatField);
        if (Marshal.PtrToStringUTF8(name) is "tty" or "bin" or "xbin" or "adf" or "idf")
        {
            throw new UnreadableVideoException("not a video file: it is text");
        }
    }

    private string Reason(int error, FfmpegLog.Scope log)
        => log.Count > 0 ? log.Summary() : _ffmpeg.Describe(error);
}
