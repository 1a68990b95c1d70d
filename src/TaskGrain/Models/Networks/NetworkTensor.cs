namespace TaskGrain.Models.Networks;

/// <summary>A weight that a network needs.</summary>
/// <param name="Name">Its name, as torchvision and 3D-ResNets-PyTorch give it.</param>
/// <param name="Shape">Its shape; −1 where any size will do (the number of classes).</param>
/// <param name="Optional">Whether the network gives features without it: the classifier's weights.</param>
internal sealed record NetworkTensor(string Name, IReadOnlyList<long> Shape, bool Optional = false)
{
    /// <summary>Whether a tensor of this shape fits.</summary>
    /// <param name="shape">The shape at hand.</param>
    /// <returns>Whether the sizes agree.</returns>
    public bool Fits(ReadOnlySpan<long> shape)
    {
        if (shape.Length != Shape.Count)
        {
            return false;
        }

        for (int i = 0; i < shape.Length; i++)
        {
            if (Shape[i] >= 0 ? shape[i] != Shape[i] : shape[i] < 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The shape in words, such as <c>(any, 512)</c>.</summary>
    /// <returns>The words.</returns>
    public string ShapeText() => $"({string.Join(", ", Shape.Select(size => size < 0 ? "any" : $"{size}"))})";
}
