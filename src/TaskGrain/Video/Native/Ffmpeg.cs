using System.Runtime.InteropServices;
using System.Text;

namespace TaskGrain.Video.Native;

/// <summary>The functions of FFmpeg that decoding needs, under their C names.</summary>
internal sealed unsafe class Ffmpeg
{
    public const long NoTime = long.MinValue;
    public const long MicrosecondsPerSecond = 1_000_000;
    public const int EndOfFile = -0x20464F45;
    public const int DecoderNotFound = -0x434544F8;
    public const int MediaTypeVideo = 0;

    public readonly delegate* unmanaged[Cdecl]<nint*, byte*, int, nint, nint, int> avio_open2;
    public readonly delegate* unmanaged[Cdecl]<nint*, int> avio_closep;
    public readonly delegate* unmanaged[Cdecl]<nint, nint*, byte*, nint, uint, uint, int> av_probe_input_buffer2;
    public readonly delegate* unmanaged[Cdecl]<nint> avformat_alloc_context;
    public readonly delegate* unmanaged[Cdecl]<nint*, byte*, nint, nint, int> avformat_open_input;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, int> avformat_find_stream_info;
    public readonly delegate* unmanaged[Cdecl]<nint, int, int, int, nint*, int, int> av_find_best_stream;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, int> av_read_frame;
    public readonly delegate* unmanaged[Cdecl]<nint*, void> avformat_close_input;
    public readonly delegate* unmanaged[Cdecl]<nint, void> av_format_inject_global_side_data;

    public readonly delegate* unmanaged[Cdecl]<nint, nint> avcodec_alloc_context3;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, int> avcodec_parameters_to_context;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, nint, int> avcodec_open2;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, int> avcodec_send_packet;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, int> avcodec_receive_frame;
    public readonly delegate* unmanaged[Cdecl]<nint, void> avcodec_flush_buffers;
    public readonly delegate* unmanaged[Cdecl]<nint*, void> avcodec_free_context;
    public readonly delegate* unmanaged[Cdecl]<byte*, nint> avcodec_find_decoder_by_name;
    public readonly delegate* unmanaged[Cdecl]<nint> av_packet_alloc;
    public readonly delegate* unmanaged[Cdecl]<nint, int, int> av_new_packet;
    public readonly delegate* unmanaged[Cdecl]<nint, void> av_packet_unref;
    public readonly delegate* unmanaged[Cdecl]<nint*, void> av_packet_free;

    public readonly delegate* unmanaged[Cdecl]<nint> av_frame_alloc;
    public readonly delegate* unmanaged[Cdecl]<nint, void> av_frame_unref;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, void> av_frame_move_ref;
    public readonly delegate* unmanaged[Cdecl]<nint*, void> av_frame_free;
    public readonly delegate* unmanaged[Cdecl]<nint, int, nint> av_frame_get_side_data;
    public readonly delegate* unmanaged[Cdecl]<int*, double> av_display_rotation_get;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, byte*, int, int> av_opt_set;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, int, long*, int> av_opt_get_int;
    public readonly delegate* unmanaged[Cdecl]<int, byte*, nuint, int> av_strerror;
    public readonly delegate* unmanaged[Cdecl]<
        delegate* unmanaged[Cdecl]<nint, int, nint, nint, void>,
        void> av_log_set_callback;
    public readonly delegate* unmanaged[Cdecl]<nint, int, nint, nint, byte*, int, int*, void> av_log_format_line;

    public readonly delegate* unmanaged[Cdecl]<nint> avfilter_graph_alloc;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nint*, nint*, int> avfilter_graph_parse2;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, int> avfilter_graph_config;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nint> avfilter_graph_get_filter;
    public readonly delegate* unmanaged[Cdecl]<nint*, void> avfilter_graph_free;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, int, int> av_buffersrc_add_frame_flags;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, int> av_buffersink_get_frame;

    private static readonly Lazy<Ffmpeg> Shared = new(() => new Ffmpeg(FfmpegLibraries.Load()));

    private Ffmpeg(FfmpegLibraries libraries)
    {
        Generation = libraries.Generation;

        nint format = libraries.Format;
        avio_open2 = (delegate* unmanaged[Cdecl]<nint*, byte*, int, nint, nint, int>)Get(format, nameof(avio_open2));
        avio_closep = (delegate* unmanaged[Cdecl]<nint*, int>)Get(format, nameof(avio_closep));
        av_probe_input_buffer2 = (delegate* unmanaged[Cdecl]<nint, nint*, byte*, nint, uint, uint, int>)Get(
            format,
            nameof(av_probe_input_buffer2)
        );
        avformat_alloc_context = (delegate* unmanaged[Cdecl]<nint>)Get(format, nameof(avformat_alloc_context));
        avformat_open_input = (delegate* unmanaged[Cdecl]<nint*, byte*, nint, nint, int>)Get(
            format,
            nameof(avformat_open_input)
        );
        avformat_find_stream_info = (delegate* unmanaged[Cdecl]<nint, nint, int>)Get(
            format,
            nameof(avformat_find_stream_info)
        );
        av_find_best_stream = (delegate* unmanaged[Cdecl]<nint, int, int, int, nint*, int, int>)Get(
            format,
            nameof(av_find_best_stream)
        );
        av_read_frame = (delegate* unmanaged[Cdecl]<nint, nint, int>)Get(format, nameof(av_read_frame));
        avformat_close_input = (delegate* unmanaged[Cdecl]<nint*, void>)Get(format, nameof(avformat_close_input));

        // Gone from newer generations, which do by themselves what it asks for.
        NativeLibrary.TryGetExport(format, nameof(av_format_inject_global_side_data), out nint inject);
        av_format_inject_global_side_data = (delegate* unmanaged[Cdecl]<nint, void>)inject;

        nint codec = libraries.Codec;
        avcodec_alloc_context3 = (delegate* unmanaged[Cdecl]<nint, nint>)Get(codec, nameof(avcodec_alloc_context3));
        avcodec_parameters_to_context = (delegate* unmanaged[Cdecl]<nint, nint, int>)Get(
            codec,
            nameof(avcodec_parameters_to_context)
        );
        avcodec_open2 = (delegate* unmanaged[Cdecl]<nint, nint, nint, int>)Get(codec, nameof(avcodec_open2));
        avcodec_send_packet = (delegate* unmanaged[Cdecl]<nint, nint, int>)Get(codec, nameof(avcodec_send_packet));
        avcodec_receive_frame = (delegate* unmanaged[Cdecl]<nint, nint, int>)Get(codec, nameof(avcodec_receive_frame));
        avcodec_flush_buffers = (delegate* unmanaged[Cdecl]<nint, void>)Get(codec, nameof(avcodec_flush_buffers));
        avcodec_free_context = (delegate* unmanaged[Cdecl]<nint*, void>)Get(codec, nameof(avcodec_free_context));
        avcodec_find_decoder_by_name = (delegate* unmanaged[Cdecl]<byte*, nint>)Get(
            codec,
            nameof(avcodec_find_decoder_by_name)
        );
        av_packet_alloc = (delegate* unmanaged[Cdecl]<nint>)Get(codec, nameof(av_packet_alloc));
        av_new_packet = (delegate* unmanaged[Cdecl]<nint, int, int>)Get(codec, nameof(av_new_packet));
        av_packet_unref = (delegate* unmanaged[Cdecl]<nint, void>)Get(codec, nameof(av_packet_unref));
        av_packet_free = (delegate* unmanaged[Cdecl]<nint*, void>)Get(codec, nameof(av_packet_free));

        nint util = libraries.Util;
        av_frame_alloc = (delegate* unmanaged[Cdecl]<nint>)Get(util, nameof(av_frame_alloc));
        av_frame_unref = (delegate* unmanaged[Cdecl]<nint, void>)Get(util, nameof(av_frame_unref));
        av_frame_move_ref = (delegate* unmanaged[Cdecl]<nint, nint, void>)Get(util, nameof(av_frame_move_ref));
        av_frame_free = (delegate* unmanaged[Cdecl]<nint*, void>)Get(util, nameof(av_frame_free));
        av_frame_get_side_data = (delegate* unmanaged[Cdecl]<nint, int, nint>)Get(util, nameof(av_frame_get_side_data));
        av_display_rotation_get = (delegate* unmanaged[Cdecl]<int*, double>)Get(util, nameof(av_display_rotation_get));
        av_opt_set = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, int, int>)Get(util, nameof(av_opt_set));
        av_opt_get_int = (delegate* unmanaged[Cdecl]<nint, byte*, int, long*, int>)Get(util, nameof(av_opt_get_int));
        av_strerror = (delegate* unmanaged[Cdecl]<int, byte*, nuint, int>)Get(util, nameof(av_strerror));
        av_log_set_callback = (delegate* unmanaged[Cdecl]<
            delegate* unmanaged[Cdecl]<nint, int, nint, nint, void>,
            void>)Get(util, nameof(av_log_set_callback));
        av_log_format_line = (delegate* unmanaged[Cdecl]<nint, int, nint, nint, byte*, int, int*, void>)Get(
            util,
            nameof(av_log_format_line)
        );

        nint filter = libraries.Filter;
        avfilter_graph_alloc = (delegate* unmanaged[Cdecl]<nint>)Get(filter, nameof(avfilter_graph_alloc));
        avfilter_graph_parse2 = (delegate* unmanaged[Cdecl]<nint, byte*, nint*, nint*, int>)Get(
            filter,
            nameof(avfilter_graph_parse2)
        );
        avfilter_graph_config = (delegate* unmanaged[Cdecl]<nint, nint, int>)Get(filter, nameof(avfilter_graph_config));
        avfilter_graph_get_filter = (delegate* unmanaged[Cdecl]<nint, byte*, nint>)Get(
            filter,
            nameof(avfilter_graph_get_filter)
        );
        avfilter_graph_free = (delegate* unmanaged[Cdecl]<nint*, void>)Get(filter, nameof(avfilter_graph_free));
        av_buffersrc_add_frame_flags = (delegate* unmanaged[Cdecl]<nint, nint, int, int>)Get(
            filter,
            nameof(av_buffersrc_add_frame_flags)
        );
        av_buffersink_get_frame = (delegate* unmanaged[Cdecl]<nint, nint, int>)Get(
            filter,
            nameof(av_buffersink_get_frame)
        );

        Frames = new FrameLayout(this);
        FfmpegLog.Attach(this);
    }

    /// <summary>The loaded libraries.</summary>
    /// <exception cref="TaskGrainException">They cannot be found; the message says what to install.</exception>
    public static Ffmpeg Instance => Shared.Value;

    public FfmpegGeneration Generation { get; }

    public FrameLayout Frames { get; }

    /// <summary>"Give more input first", the same errno under three numbers.</summary>
    public static int TryAgain => OperatingSystem.IsMacOS() ? -35 : -11;

    /// <summary>FFmpeg's own words for an error number.</summary>
    public string Describe(int error)
    {
        byte* text = stackalloc byte[256];
        av_strerror(error, text, 256);
        return Marshal.PtrToStringUTF8((nint)text) ?? $"error {error}";
    }

    /// <summary>What a reading said went wrong; when it said nothing, the words for the error number.</summary>
    public string Reason(int error, FfmpegLog.Scope log) => log.Count > 0 ? log.Summary() : Describe(error);

    /// <summary>Sets an option of a filter graph, codec or format by its name.</summary>
    public void SetOption(nint target, string name, string value)
    {
        fixed (
            byte* nameText = Text(name),
                valueText = Text(value)
        )
        {
            av_opt_set(target, nameText, valueText, 0);
        }
    }

    /// <summary>Reads a number among the options of a codec; 0 when there is none of that name.</summary>
    public long GetOption(nint target, string name)
    {
        long value = 0;
        fixed (byte* nameText = Text(name))
        {
            return av_opt_get_int(target, nameText, 0, &value) < 0 ? 0 : value;
        }
    }

    /// <summary>A string as C wants it: UTF-8, ended by a zero.</summary>
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static nint Get(nint library, string name) =>
        NativeLibrary.TryGetExport(library, name, out nint address)
            ? address
            : throw new TaskGrainException(
                $"FFmpeg's libraries lack the function {name}; install FFmpeg 4 to 8 from one source."
            );
}
