namespace TaskGrain.Video;

/// <summary>A video to be packed.</summary>
/// <param name="Id">Its name in the store.</param>
/// <param name="Path">Its file, or its folder of frames.</param>
internal readonly record struct PackItem(string Id, string Path);
