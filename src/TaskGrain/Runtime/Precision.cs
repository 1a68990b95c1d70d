namespace TaskGrain.Runtime;

/// <summary>
/// Number format of the heavy layers. Master weights, statistics and losses are float32 in every mode.
/// </summary>
public enum Precision
{
    /// <summary>bfloat16 where the processor or GPU computes in it, float32 elsewhere.</summary>
    Auto,

    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>bfloat16 convolutions and linear layers.</summary>
    BFloat16,
}
