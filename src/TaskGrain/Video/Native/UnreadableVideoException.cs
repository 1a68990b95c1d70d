namespace TaskGrain.Video.Native;

/// <summary>
/// No frames can be had from a file. The reader adds the file's name and makes a <see cref="TaskGrainException"/> of
/// it.
/// </summary>
/// <param name="message">Why not, beginning in lower case, without a full stop.</param>
internal sealed class UnreadableVideoException(string message) : Exception(message);
