namespace TaskGrain.Models;

/// <summary>Sizes of a <see cref="CaptionDecoder"/>. The defaults are the paper's (Section 4.3).</summary>
public sealed record CaptionDecoderOptions
{
    /// <summary>Words at most; English has fewer.</summary>
    private const int MostWords = 1 << 24;

    /// <summary>Number of words V, the special tokens included.</summary>
    public required int Words { get; init; }

    /// <summary>Length D of the encoder's feature vectors. Paper: 1024.</summary>
    public int FeatureSize { get; init; } = 1024;

    /// <summary>Length of a word's embedding. Paper: 256.</summary>
    public int Embedding { get; init; } = 256;

    /// <summary>Units of an LSTM layer. Paper: 1024.</summary>
    public int Hidden { get; init; } = 1024;

    /// <summary>LSTM layers. Paper: 2.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Token id every caption starts with.</summary>
    public int Go { get; init; }

    /// <summary>Token id a caption ends with, and that fills the positions after its end.</summary>
    public int End { get; init; } = 1;

    /// <summary>Checks every value.</summary>
    /// <exception cref="TaskGrainException">Lists all faults.</exception>
    public void Validate()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
        {
            throw new TaskGrainException("The caption decoder cannot be built: " + string.Join(" ", faults));
        }
    }

    private IEnumerable<string> Faults()
    {
        foreach (
            (string name, int value, int least, int most) in new[]
            {
                (nameof(Words), Words, 2, MostWords),
                (nameof(FeatureSize), FeatureSize, 1, EncoderOptions.MostUnits),
                (nameof(Embedding), Embedding, 1, EncoderOptions.MostUnits),
                (nameof(Hidden), Hidden, 1, EncoderOptions.MostUnits),
                (nameof(Layers), Layers, 1, EncoderOptions.MostLayers),
            }
        )
        {
            if (value < least || value > most)
            {
                yield return $"{name} is {value}; it must be {least} to {most}.";
            }
        }

        foreach ((string name, int token) in new[] { (nameof(Go), Go), (nameof(End), End) })
        {
            if (token < 0 || token >= Words)
            {
                yield return $"{name} is token {token}; the vocabulary has tokens 0 to {Words - 1}.";
            }
        }

        if (Go == End)
        {
            yield return $"{nameof(Go)} and {nameof(End)} are both token {Go}; they must differ.";
        }
    }
}
