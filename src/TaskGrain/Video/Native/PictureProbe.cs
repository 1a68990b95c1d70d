namespace TaskGrain.Video.Native;

/// <summary>
/// Finds the size of a video's pictures: decodes the first one, and turns it upright where it is marked.
/// </summary>
internal static class PictureProbe
{
    /// <summary>The size as a viewer sees it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancel">Stops the reading between two packets.</param>
    /// <exception cref="UnreadableVideoException">No picture of it can be decoded.</exception>
    public static (int Width, int Height) Size(string path, CancellationToken cancel)
    {
        using FfmpegLog.Scope log = FfmpegLog.Collect();
        using var container = new Container(path, log);
        using var decoder = new Decoder(container.Codec, container.CodecParameters);
        using var packet = new Packet();
        bool more = true;
        while (more)
        {
            cancel.ThrowIfCancellationRequested();
            more = container.Read(packet) >= 0;
            if (more && packet.Stream != container.Stream)
            {
                continue;
            }

            decoder.Send(more ? packet.Address : 0);
            if (decoder.Receive(out _))
            {
                (int width, int height) = (FrameLayout.Width(decoder.Frame), FrameLayout.Height(decoder.Frame));
                string turned = DisplayRotation.Filters(Ffmpeg.Instance, decoder.Frame) ?? "";
                return turned.StartsWith("transpose", StringComparison.Ordinal) ? (height, width) : (width, height);
            }
        }

        throw new UnreadableVideoException("no frame of it can be decoded");
    }
}
