namespace TaskGrain.Video.Native;

/// <summary>Turns pictures upright that a camera has marked as turned, as the ffmpeg program does by itself.</summary>
internal static unsafe class DisplayRotation
{
    private const int DisplayMatrix = 6;

    /// <summary>
    /// Filters that undo a picture's rotation, each followed by a comma; null when it says nothing about rotation.
    /// </summary>
    public static string? Filters(Ffmpeg ffmpeg, nint frame)
    {
        // AVFrameSideData: a type, then the data's address.
        nint sideData = ffmpeg.av_frame_get_side_data(frame, DisplayMatrix);
        int* matrix = sideData == 0 ? null : *(int**)(sideData + sizeof(nint));
        if (matrix is null)
        {
            return null;
        }

        double counterclockwise = ffmpeg.av_display_rotation_get(matrix);
        if (double.IsNaN(counterclockwise))
        {
            return null;
        }

        double clockwise = -Math.Round(counterclockwise);
        clockwise -= 360 * Math.Floor((clockwise / 360) + (0.9 / 360));
        return clockwise switch
        {
            > 89 and < 91 => matrix[3] > 0 ? "transpose=cclock_flip," : "transpose=clock,",
            > 179 and < 181 => (matrix[0] < 0 ? "hflip," : "") + (matrix[4] < 0 ? "vflip," : ""),
            > 269 and < 271 => matrix[3] < 0 ? "transpose=clock_flip," : "transpose=cclock,",
            > 1 => $"rotate={clockwise}*PI/180,",
            _ => matrix[4] < 0 ? "vflip," : "",
        };
    }
}
