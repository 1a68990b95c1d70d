namespace TaskGrain.Models.Kernels;

/// <summary>
/// A number for each channel, in the order in which a format's vectors hold the channels: <see cref="Lanes"/> places a
/// group, of which those without a channel hold zero.
/// </summary>
/// <typeparam name="TFormat">The format.</typeparam>
internal static class ChannelTable<TFormat>
    where TFormat : IMapFormat
{
    /// <summary>Places that a pair of vectors has.</summary>
    public const int Lanes = 16;

    /// <summary>Length of a table.</summary>
    /// <param name="channels">Number of channels, a multiple of the format's group.</param>
    public static int Places(int channels) => channels / TFormat.Group * Lanes;

    /// <summary>Bytes from a position's first channel to the group at a place.</summary>
    /// <param name="place">A multiple of <see cref="Lanes"/>.</param>
    public static int Bytes(int place) => place / Lanes * TFormat.Group * TFormat.Size;

    /// <summary>Puts numbers of channels into the vectors' order.</summary>
    /// <param name="channels">Number of channels, a multiple of the format's group.</param>
    /// <param name="value">The number of a channel.</param>
    public static float[] Make(int channels, Func<int, double> value)
    {
        float[] table = new float[Places(channels)];
        for (int place = 0; place < table.Length; place++)
        {
            if (Channel(place) is { } channel)
            {
                table[place] = (float)value(channel);
            }
        }

        return table;
    }

    /// <summary>The channel at a place of a table; null where there is none.</summary>
    public static int? Channel(int place)
    {
        int inGroup = TFormat.ChannelOfLane(place % Lanes);
        return inGroup < TFormat.Group ? (place / Lanes * TFormat.Group) + inGroup : null;
    }
}
