using System.Runtime.InteropServices;

namespace TaskGrain.Video.Native;

/// <summary>An opened media file and the video stream chosen from it.</summary>
internal sealed unsafe class Container : IDisposable
{
    private const int InputFormatField = 8;
    private const int BytesField = 32;
    private const int StreamCountField = 44;
    private const int StreamsField = 48;

    // Of AVInputFormat, after its name and its long name.
    private const int InputFormatFlags = 16;
    private const int DiscontinuousTimes = 0x200;

    // Relative to AVStream.time_base.
    private const int StartTimeField = 8;
    private const int DurationField = 16;
    private const int DispositionField = 32;
    private const int AverageRateField = 56;
    private const int AttachedPicture = 0x400;

    private readonly Ffmpeg _ffmpeg = Ffmpeg.Instance;
    private readonly MediaFile _file;
    private nint _context;

    /// <summary>Opens a file.</summary>
    /// <exception cref="UnreadableVideoException">It is no media file or has no video.</exception>
    public Container(string path, FfmpegLog.Scope log)
    {
        _file = new MediaFile(path, log);
        try
        {
            Open(log);
            if (_ffmpeg.av_format_inject_global_side_data is not null)
            {
                _ffmpeg.av_format_inject_global_side_data(_context);
            }

            FindVideo();
            if (!HeaderSaysEnough())
            {
                int probed = _ffmpeg.avformat_find_stream_info(_context, 0);
                if (probed < 0)
                {
                    throw new UnreadableVideoException(
                        $"not a video file, or a damaged one: {_ffmpeg.Reason(probed, log)}"
                    );
                }

                FindVideo();
            }

            if (Stream < 0 || IsCoverPicture())
            {
                throw new UnreadableVideoException(
                    Stream == Ffmpeg.DecoderNotFound
                        ? "FFmpeg as installed here cannot decode its video"
                        : "it has no video stream (sound or text only)"
                );
            }

            if (TimeBase.Numerator <= 0 || TimeBase.Denominator <= 0)
            {
                throw new UnreadableVideoException(
                    $"its time base {TimeBase.Numerator}/{TimeBase.Denominator} makes no sense"
                );
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Number of the video stream.</summary>
    public int Stream { get; private set; }

    /// <summary>Its AVCodec.</summary>
    public nint Codec { get; private set; }

    /// <summary>Seconds of a tick of its times.</summary>
    public Rational TimeBase { get; private set; }

    /// <summary>Its AVCodecParameters.</summary>
    public nint CodecParameters => *(nint*)(StreamAddress + _ffmpeg.Generation.StreamCodecParameters);

    /// <summary>
    /// What times are counted from, in the stream's time base, as by the ffmpeg program: the start of the file's first
    /// stream, or, in formats whose times may jump such as MPEG-TS, of the video stream. Null when the header does not
    /// say: then it is the time of the first packet.
    /// </summary>
    public long? StartTime
    {
        get
        {
            long ofStream = *(long*)(StreamTimeBase + StartTimeField);
            long ofFile = *(long*)(_context + _ffmpeg.Generation.FormatStartTime);
            return ofFile == Ffmpeg.NoTime ? null
                : TimesMayJump && ofStream != Ffmpeg.NoTime ? ofStream
                : TimeBase.FromMicroseconds(ofFile);
        }
    }

    /// <summary>Whether the format is one whose times may jump, as where pieces were joined.</summary>
    public bool TimesMayJump => (*(int*)(InputFormat + InputFormatFlags) & DiscontinuousTimes) != 0;

    /// <summary>
    /// How long a picture is shown by the stream's average rate, in its time base; 0 when that is unknown.
    /// </summary>
    public long AverageDuration
    {
        get
        {
            Rational rate = *(Rational*)(StreamTimeBase + AverageRateField);
            return rate.Numerator <= 0 || rate.Denominator <= 0
                ? 0
                : TimeBase.FromMicroseconds(Ffmpeg.MicrosecondsPerSecond * rate.Denominator / rate.Numerator);
        }
    }

    /// <summary>
    /// How long the video says it is, in the stream's time base; 0 when it does not. Of several streams only some
    /// formats say it of each; the others' figure is that of the longest.
    /// </summary>
    public long StatedDuration =>
        IsAlone || FormatName is "avi" || FormatName.StartsWith("mov,", StringComparison.Ordinal)
            ? Math.Max(0, *(long*)(StreamTimeBase + DurationField))
            : 0;

    /// <summary>Whether the file holds nothing but this one stream.</summary>
    public bool IsAlone => *(int*)(_context + StreamCountField) == 1;

    private nint InputFormat => *(nint*)(_context + InputFormatField);

    private string FormatName => _file.FormatName;

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
        _file.Dispose();
    }

    private void Open(FfmpegLog.Scope log)
    {
        nint context = _ffmpeg.avformat_alloc_context();
        *(nint*)(context + BytesField) = _file.Bytes;

        // The file is open; whatever the demuxer would open beside it, it may not.
        _ffmpeg.SetOption(context, "protocol_whitelist", "none");
        int opened;
        fixed (byte* name = Ffmpeg.Text(_file.Name))
        {
            opened = _ffmpeg.avformat_open_input(&context, name, _file.Format, 0);
        }

        if (opened < 0)
        {
            throw new UnreadableVideoException($"not a video file, or a damaged one: {_ffmpeg.Reason(opened, log)}");
        }

        _context = context;
    }

    private void FindVideo()
    {
        nint codec = 0;
        Stream = _ffmpeg.av_find_best_stream(_context, Ffmpeg.MediaTypeVideo, -1, -1, &codec, 0);
        Codec = codec;
        TimeBase = Stream < 0 ? default : *(Rational*)StreamTimeBase;
    }

    /// <summary>
    /// Looking into a file decodes its first pictures, a fifteenth of the time a clip of Something-Something takes.
    /// Of a WebM file with nothing but VP8 or VP9 in it the header says all that is needed.
    /// </summary>
    private bool HeaderSaysEnough() =>
        Stream >= 0
        && IsAlone
        && TimeBase.Numerator > 0
        && AverageDuration > 0
        && FormatName.StartsWith("matroska", StringComparison.Ordinal)
        && Marshal.PtrToStringUTF8(*(nint*)Codec) is "vp9" or "vp8";

    private bool IsCoverPicture() => (*(int*)(StreamTimeBase + DispositionField) & AttachedPicture) != 0;
}
