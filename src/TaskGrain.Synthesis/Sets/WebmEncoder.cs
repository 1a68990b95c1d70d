using TaskGrain.Video;

namespace TaskGrain.Synthesis;

/// <summary>Encodes frames as VP9 in WebM, the same bytes for the same frames.</summary>
internal static class WebmEncoder
{
    private static readonly string[] Words =
    [
        "-c:v",
        "libvpx-vp9",
        "-pix_fmt",
        "yuv420p",
        "-b:v",
        "0",
        "-crf",
        "36",
        "-deadline",
        "realtime",
        "-cpu-used",
        "8",
        "-row-mt",
        "0",
        "-threads",
        "1",
        "-fflags",
        "+bitexact",
        "-flags:v",
        "+bitexact",
        "-f",
        "webm",
    ];

    /// <summary>Writes a video; a file appears under its name only when it is complete.</summary>
    public static void Write(string path, VideoFrames frames, CancellationToken cancellation) =>
        VideoEncoder.Write(path, frames, Words, cancellation);
}
