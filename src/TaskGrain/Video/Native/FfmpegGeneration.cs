namespace TaskGrain.Video.Native;

/// <summary>
/// One generation of FFmpeg: the version numbers in its libraries' names, and where the few fields lie that have no
/// accessor function. The offsets are those of 64-bit systems; within a generation they never change, that is what
/// the number in the name promises.
/// </summary>
/// <param name="Release">FFmpeg's own version.</param>
/// <param name="Util">libavutil.</param>
/// <param name="Codec">libavcodec.</param>
/// <param name="Format">libavformat.</param>
/// <param name="Filter">libavfilter.</param>
/// <param name="FormatStartTime">Offset of AVFormatContext.start_time.</param>
/// <param name="StreamTimeBase">
/// Offset of AVStream.time_base; start_time, duration, nb_frames and disposition follow it.
/// </param>
/// <param name="StreamCodecParameters">Offset of AVStream.codecpar.</param>
internal sealed record FfmpegGeneration(
    int Release,
    int Util,
    int Codec,
    int Format,
    int Filter,
    int FormatStartTime,
    int StreamTimeBase,
    int StreamCodecParameters
)
{
    /// <summary>All generations this program knows, the newest first.</summary>
    public static IReadOnlyList<FfmpegGeneration> All { get; } =
    [
        new(
            8,
            Util: 60,
            Codec: 62,
            Format: 62,
            Filter: 11,
            FormatStartTime: 96,
            StreamTimeBase: 32,
            StreamCodecParameters: 16
        ),
        new(
            7,
            Util: 59,
            Codec: 61,
            Format: 61,
            Filter: 10,
            FormatStartTime: 96,
            StreamTimeBase: 32,
            StreamCodecParameters: 16
        ),
        new(
            6,
            Util: 58,
            Codec: 60,
            Format: 60,
            Filter: 9,
            FormatStartTime: 64,
            StreamTimeBase: 32,
            StreamCodecParameters: 16
        ),
        new(
            5,
            Util: 57,
            Codec: 59,
            Format: 59,
            Filter: 8,
            FormatStartTime: 64,
            StreamTimeBase: 16,
            StreamCodecParameters: 208
        ),
        new(
            4,
            Util: 56,
            Codec: 58,
            Format: 58,
            Filter: 7,
            FormatStartTime: 1088,
            StreamTimeBase: 24,
            StreamCodecParameters: 208
        ),
    ];

    /// <summary>From this release on a filter graph wants to be told the colour space and range of its input.</summary>
    public bool GraphTakesColour => Release >= 7;
}
