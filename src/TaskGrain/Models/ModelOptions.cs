using TaskGrain.Labels;

namespace TaskGrain.Models;

/// <summary>Sizes of the networks of a run. The defaults are the paper's.</summary>
public sealed record ModelOptions
{
    /// <summary>Features of the two channels, <c>M(3D-2D)</c>.</summary>
    public EncoderArchitecture Architecture { get; init; } = new(256, 256);

    /// <summary>Units of the encoder's LSTM in each direction. Paper: 512.</summary>
    public int LstmHidden { get; init; } = 512;

    /// <summary>Bidirectional LSTM layers of the encoder. The paper's parameter counts: 1; its text: 2.</summary>
    public int LstmLayers { get; init; } = 1;

    /// <summary>Length of a feature vector. Paper: 1024.</summary>
    public int FeatureSize { get; init; } = 1024;

    /// <summary>Dropout on the feature vectors. Paper: 0.5.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Side of the encoder's last max pooling: the crop's side/8 − 6. Paper: 6.</summary>
    public int FinalPool { get; init; } = 6;

    /// <summary>How the classifier pools time steps.</summary>
    public ClassifierPooling Pooling { get; init; } = ClassifierPooling.MeanFeatures;

    /// <summary>Caption decoder: length of a word's embedding. Paper: 256.</summary>
    public int Embedding { get; init; } = 256;

    /// <summary>Caption decoder: units of an LSTM layer. Paper: 1024.</summary>
    public int DecoderHidden { get; init; } = 1024;

    /// <summary>Caption decoder: LSTM layers. Paper: 2.</summary>
    public int DecoderLayers { get; init; } = 2;

    /// <summary>Words of a caption; longer ones are cut, shorter ones filled up with END. Paper: 14.</summary>
    public int CaptionLength { get; init; } = Vocabulary.CaptionLength;

    /// <summary>The encoder's sizes.</summary>
    /// <param name="cropSize">Side of the clips in pixels.</param>
    /// <returns>The options.</returns>
    public EncoderOptions Encoder(int cropSize) =>
        new()
        {
            Architecture = Architecture,
            LstmHidden = LstmHidden,
            LstmLayers = LstmLayers,
            FeatureSize = FeatureSize,
            Dropout = Dropout,
            CropSize = cropSize,
            FinalPool = FinalPool,
        };

    /// <summary>The caption decoder's sizes.</summary>
    /// <param name="words">Words of the vocabulary.</param>
    /// <returns>The options.</returns>
    public CaptionDecoderOptions Decoder(int words) =>
        new()
        {
            Words = words,
            FeatureSize = FeatureSize,
            Embedding = Embedding,
            Hidden = DecoderHidden,
            Layers = DecoderLayers,
        };
}
