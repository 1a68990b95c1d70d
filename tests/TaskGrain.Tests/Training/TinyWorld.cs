using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Tests.Training;

/// <summary>
/// A packed store of coloured squares that move in four directions over noise: enough to learn from in seconds.
/// </summary>
internal static class TinyWorld
{
    public static readonly FrameFormat Format = new(64, 64, 12);

    private static readonly string[] Categories =
    [
        "Pushing [something] from left to right",
        "Pushing [something] from right to left",
        "Moving [something] up",
        "Moving [something] down",
    ];

    private static readonly (string Name, byte R, byte G, byte B)[] Objects =
    [
        ("a red square", 230, 40, 40),
        ("a green square", 40, 210, 60),
        ("a blue square", 50, 60, 240),
    ];

    public static Taxonomy Taxonomy { get; } = new(Categories, ["Pushing", "Moving"], [0, 0, 1, 1]);

    /// <summary>Writes a store with its data set; splits take turns so that each has every category.</summary>
    public static void Write(string folder, int training, int validation = 0, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        var annotations = new List<Annotation>();
        using (FrameStoreWriter writer = FrameStoreWriter.OpenOrCreate(folder, Format, FrameCompression.Raw))
        {
            for (int i = 0; i < training + validation; i++)
            {
                int category = i % Categories.Length;
                (string name, byte r, byte g, byte b) = Objects[i / Categories.Length % Objects.Length];
                string id = $"clip{i}";
                writer.Append(id, Frames(category, [r, g, b], random.Derive((ulong)i)));
                annotations.Add(
                    new Annotation
                    {
                        Id = id,
                        Split = i < training ? Split.Train : Split.Validation,
                        Category = category,
                        Label = Taxonomy.Templates[category].Fill([name]),
                        Placeholders = [name],
                    }
                );
            }
        }

        LabelledStore.WriteAnnotations(folder, new DataSet("tiny", Taxonomy, annotations));
    }

    private static VideoFrames Frames(int category, byte[] colour, SeededRandom random)
    {
        const int size = 18;
        int count = random.NextInt(14, 22);
        int across = random.NextInt(14, 30);
        byte[] pixels = new byte[count * Format.BytesPerFrame];
        for (int t = 0; t < count; t++)
        {
            int along = 4 + (t * (Format.Width - size - 8) / (count - 1));
            (int x, int y) = category switch
            {
                0 => (along, across),
                1 => (Format.Width - size - along, across),
                2 => (across, Format.Height - size - along),
                _ => (across, along),
            };
            Span<byte> frame = pixels.AsSpan(t * Format.BytesPerFrame, Format.BytesPerFrame);
            for (int i = 0; i < frame.Length; i++)
            {
                int px = i / 3 % Format.Width;
                int py = i / 3 / Format.Width;
                bool inside = px >= x && px < x + size && py >= y && py < y + size;
                frame[i] = inside ? colour[i % 3] : (byte)random.NextInt(90, 110);
            }
        }

        return new VideoFrames(Format, pixels);
    }
}
