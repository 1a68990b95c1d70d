namespace TaskGrain.Evaluation;

/// <summary>How the captions of a <see cref="CaptionRow"/> came about.</summary>
public enum CaptionMethod
{
    /// <summary>The model's caption decoder.</summary>
    Decoder,

    /// <summary>The predicted category with the likeliest objects of the training captions (Section 5.3.1).</summary>
    Template,

    /// <summary>The caption of the nearest training clip on the encoding.</summary>
    NearestClip,
}
