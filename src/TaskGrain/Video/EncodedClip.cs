namespace TaskGrain.Video;

/// <summary>A clip as it will lie in a shard.</summary>
/// <param name="Id">The clip's name.</param>
/// <param name="Bytes">Raw frames, or the table and frames of <see cref="JpegFrames"/>.</param>
/// <param name="Frames">Number of frames.</param>
/// <param name="Checksum">XxHash3 of the bytes.</param>
/// <param name="Warning">What was wrong with the video, or null.</param>
internal sealed record EncodedClip(string Id, ReadOnlyMemory<byte> Bytes, int Frames, ulong Checksum, string? Warning);
