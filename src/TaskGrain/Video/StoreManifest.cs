using System.Text.Json;
using System.Text.Json.Serialization;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Video;

/// <summary><c>store.json</c>: what every clip of a frame store has in common.</summary>
internal sealed record StoreManifest
{
    public const string FileName = "store.json";
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required FrameRate FramesPerSecond { get; init; }

    /// <summary>Null for raw frames.</summary>
    public required int? JpegQuality { get; init; }

    [JsonIgnore]
    public FrameFormat Format => new(Width, Height, FramesPerSecond);

    [JsonIgnore]
    public FrameCompression Compression => new(JpegQuality);

    public static StoreManifest Of(FrameFormat format, FrameCompression compression) =>
        new()
        {
            Version = CurrentVersion,
            Width = format.Width,
            Height = format.Height,
            FramesPerSecond = format.FramesPerSecond,
            JpegQuality = compression.JpegQuality,
        };

    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, FileName));

    public static StoreManifest Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        StoreManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<StoreManifest>(File.ReadAllText(path), TaskGrainJson.Readable);
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException($"{path}: not the description of a frame store: {fault.Explain()}", fault);
        }

        if (manifest is null || manifest.Version != CurrentVersion)
        {
            throw new TaskGrainException(
                $"{path}: the store's version is {manifest?.Version}, this program reads {CurrentVersion}; pack the "
                    + $"data set again."
            );
        }

        manifest.Format.Validate();
        manifest.Compression.Validate();
        return manifest;
    }

    public void Save(string folder) =>
        AtomicFile.WriteText(
            Path.Combine(folder, FileName),
            JsonSerializer.Serialize(this, TaskGrainJson.Readable) + "\n"
        );
}
