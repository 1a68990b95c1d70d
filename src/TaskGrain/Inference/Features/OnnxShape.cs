namespace TaskGrain.Inference.Features;

/// <summary>The sizes of an ONNX network's input.</summary>
/// <param name="Layout">Order of its dimensions: letters n, c, t, h, w.</param>
/// <param name="Batch">Frames or clips it takes at once; null for any number.</param>
/// <param name="Frames">Frames of a clip; null for a network of single frames.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
internal sealed record OnnxShape(string Layout, int? Batch, int? Frames, int Height, int Width)
{
    private const int Channels = 3;

    /// <summary>Understands an input's shape.</summary>
    /// <param name="sizes">Its sizes; not above 0 where open.</param>
    /// <param name="description">Says what is open.</param>
    /// <param name="what">The input, for messages.</param>
    /// <exception cref="TaskGrainException">It is not the shape of frames or clips, or a size stays open.</exception>
    public static OnnxShape Of(ReadOnlySpan<int> sizes, OnnxDescription description, string what)
    {
        string text = $"({string.Join(", ", sizes.ToArray().Select(size => size > 0 ? $"{size}" : "any"))})";
        string layout =
            description.Layout
            ?? Guess(sizes)
            ?? throw new TaskGrainException(
                $"{what} has shape {text}; frames (N, 3, H, W) or clips (N, 3, T, H, W) are expected. Another order is "
                    + "said by \"layout\" in its description."
            );
        string letters = sizes.Length == 5 ? "chntw" : "chnw";
        if (string.Concat(layout.Order()) != letters || layout[0] != 'n')
        {
            throw new TaskGrainException(
                $"{what} has {sizes.Length} dimensions, and the layout '{layout}' does not order the letters "
                    + $"{letters}, n first."
            );
        }

        int channels = sizes[layout.IndexOf('c', StringComparison.Ordinal)];
        if (channels is > 0 and not Channels)
        {
            throw new TaskGrainException($"{what} has shape {text}, with {channels} channels where 3 are expected.");
        }

        int batch = sizes[layout.IndexOf('n', StringComparison.Ordinal)];
        return new OnnxShape(
            layout,
            batch > 0 ? batch : null,
            sizes.Length == 5 ? Size(sizes, layout, 't', description.Frames, "frames", what) : null,
            Size(sizes, layout, 'h', description.Height, "height", what),
            Size(sizes, layout, 'w', description.Width, "width", what)
        );
    }

    private static string? Guess(ReadOnlySpan<int> sizes) =>
        sizes switch
        {
            [_, Channels, _, _] => "nchw",
            [_, _, _, Channels] => "nhwc",
            [_, Channels, _, _, _] => "ncthw",
            [_, _, _, _, Channels] => "nthwc",
            _ => null,
        };

    private static int Size(ReadOnlySpan<int> sizes, string layout, char letter, int? given, string name, string what)
    {
        int size = sizes[layout.IndexOf(letter, StringComparison.Ordinal)];
        if (size > 0 && given is { } other && other != size)
        {
            throw new TaskGrainException($"{what} has a {name} of {size}, and its description says {other}.");
        }

        return size > 0
            ? size
            : given
                ?? throw new TaskGrainException(
                    $"{what} leaves its {name} open; its description must give \"{name}\"."
                );
    }
}
