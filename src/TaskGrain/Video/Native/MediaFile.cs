using System.Runtime.InteropServices;

namespace TaskGrain.Video.Native;

/// <summary>
/// A file opened for reading, and the demuxer that its first bytes call for. Its name says nothing but its ending, so
/// that no <c>%03d</c> and no <c>*</c> in it is ever taken for a pattern of other files.
/// </summary>
internal sealed unsafe class MediaFile : IDisposable
{
    private const int Reading = 1;
    private const int MostProbed = 5_000_000;

    /// <summary>Demuxers of files that name other files or addresses, or that run as a script.</summary>
    public static readonly string[] Lists =
    [
        "hls",
        "applehttp",
        "concat",
        "dash",
        "imf",
        "sdp",
        "rtsp",
        "rtp",
        "sap",
        "webm_dash_manifest",
        "vobsub",
        "avisynth",
        "vapoursynth",
        "lavfi",
    ];

    /// <summary>FFmpeg draws plain text files as the screen of a terminal; nobody means those.</summary>
    private static readonly string[] TextArt = ["tty", "bin", "xbin", "adf", "idf"];

    private readonly Ffmpeg _ffmpeg = Ffmpeg.Instance;
    private nint _bytes;

    /// <summary>Opens a file and looks at its first bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="log">Where FFmpeg's messages are collected.</param>
    /// <exception cref="UnreadableVideoException">It cannot be opened, is no media file, or names others.</exception>
    public MediaFile(string path, FfmpegLog.Scope log)
    {
        // The file protocol takes the rest of the name as it is, whatever characters it holds.
        nint bytes = 0;
        int opened;
        fixed (byte* url = Ffmpeg.Text("file:" + Path.GetFullPath(path)))
        {
            opened = _ffmpeg.avio_open2(&bytes, url, Reading, 0, 0);
        }

        if (opened < 0)
        {
            throw new UnreadableVideoException($"it cannot be opened: {_ffmpeg.Describe(opened)}");
        }

        _bytes = bytes;
        try
        {
            Name = "clip" + Path.GetExtension(path);
            int probed = Probe();
            if (probed >= 0 && FormatName.StartsWith("image2", StringComparison.Ordinal))
            {
                // It takes a picture's name for a pattern of names, and opens the files itself.
                Name = "clip";
                probed = Probe();
            }

            if (probed < 0)
            {
                throw new UnreadableVideoException(
                    $"not a video file, or a damaged one: {_ffmpeg.Reason(probed, log)}"
                );
            }

            string[] names = FormatName.Split(',');
            if (names.Intersect(Lists, StringComparer.Ordinal).Any())
            {
                throw new UnreadableVideoException(
                    $"not a video file: it is a list of other files ({FormatName}); give those themselves"
                );
            }

            if (names.Intersect(TextArt, StringComparer.Ordinal).Any())
            {
                throw new UnreadableVideoException("not a video file: it is text");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The AVIOContext.</summary>
    public nint Bytes => _bytes;

    /// <summary>The AVInputFormat.</summary>
    public nint Format { get; private set; }

    /// <summary>The name to open it by.</summary>
    public string Name { get; }

    /// <summary>FFmpeg's names for the format, separated by commas.</summary>
    public string FormatName => Marshal.PtrToStringUTF8(*(nint*)Format) ?? "";

    public void Dispose()
    {
        nint bytes = _bytes;
        _ffmpeg.avio_closep(&bytes);
        _bytes = 0;
    }

    private int Probe()
    {
        nint format = 0;
        int probed;
        fixed (byte* name = Ffmpeg.Text(Name))
        {
            probed = _ffmpeg.av_probe_input_buffer2(_bytes, &format, name, 0, 0, MostProbed);
        }

        Format = format;
        return probed;
    }
}
