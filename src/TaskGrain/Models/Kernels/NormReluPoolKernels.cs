using static TorchSharp.torch;

namespace TaskGrain.Models.Kernels;

/// <summary>The passes of <see cref="NormReluPool"/> for a number format and a number of channels.</summary>
internal abstract unsafe class NormReluPoolKernels
{
    /// <summary>Length of a table of channels.</summary>
    public abstract int Places { get; }

    /// <summary><see cref="NormReluPoolPasses{TFormat}.Statistics"/>.</summary>
    public abstract delegate*<void*, int, long, long, void> Statistics { get; }

    /// <summary><see cref="NormReluPoolPasses{TFormat}.Forward"/>.</summary>
    public abstract delegate*<void*, int, long, long, void> Forward { get; }

    /// <summary><see cref="NormReluPoolBackward{TFormat}.Sums"/>.</summary>
    public abstract delegate*<void*, int, long, long, void> Sums { get; }

    /// <summary><see cref="NormReluPoolBackward{TFormat}.Gradient"/>.</summary>
    public abstract delegate*<void*, int, long, long, void> Gradient { get; }

    /// <summary>The passes that fit a map: with the widest groups that its channels are a multiple of.</summary>
    /// <param name="type">float32 or bfloat16.</param>
    /// <param name="channels">Number of channels.</param>
    public static NormReluPoolKernels For(ScalarType type, int channels) =>
        (type == ScalarType.BFloat16, channels % 16 == 0, channels % 8 == 0, channels % 4 == 0) switch
        {
            (true, true, _, _) => new Of<BFloat16Format>(channels),
            (true, _, true, _) => new Of<NarrowFormat<BFloat16Element, Eight>>(channels),
            (true, _, _, true) => new Of<NarrowFormat<BFloat16Element, Four>>(channels),
            (true, _, _, _) => new Of<NarrowFormat<BFloat16Element, One>>(channels),
            (false, true, _, _) => new Of<Float32Format>(channels),
            (false, _, true, _) => new Of<NarrowFormat<Float32Element, Eight>>(channels),
            (false, _, _, true) => new Of<NarrowFormat<Float32Element, Four>>(channels),
            (false, _, _, _) => new Of<NarrowFormat<Float32Element, One>>(channels),
        };

    /// <summary>Puts numbers of channels into the vectors' order.</summary>
    public abstract float[] Table(Func<int, double> value);

    /// <summary>The channel at a place of a table; null where there is none.</summary>
    public abstract int? Channel(int place);

    private sealed class Of<TFormat>(int channels) : NormReluPoolKernels
        where TFormat : IMapFormat
    {
        public override int Places => ChannelTable<TFormat>.Places(channels);

        public override delegate*<void*, int, long, long, void> Statistics => &NormReluPoolPasses<TFormat>.Statistics;

        public override delegate*<void*, int, long, long, void> Forward => &NormReluPoolPasses<TFormat>.Forward;

        public override delegate*<void*, int, long, long, void> Sums => &NormReluPoolBackward<TFormat>.Sums;

        public override delegate*<void*, int, long, long, void> Gradient => &NormReluPoolBackward<TFormat>.Gradient;

        public override float[] Table(Func<int, double> value) => ChannelTable<TFormat>.Make(channels, value);

        public override int? Channel(int place) => ChannelTable<TFormat>.Channel(place);
    }
}
