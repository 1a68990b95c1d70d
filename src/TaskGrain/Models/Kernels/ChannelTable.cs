namespace TaskGrain.Models.Kernels;

/// <summary>A number for each channel, in the order in which a format's vectors hold the channels.</summary>
/// <typeparam name="TFormat">The format.</typeparam>
internal static class ChannelTable<TFormat>
    where TFormat : IMapFormat
{
    /// <summary>Channels a pair of vectors holds.</summary>
    public const int Group = 16;

    /// <summary>Puts numbers of channels into the vectors' order.</summary>
    /// <param name="channels">Number of channels, a multiple of <see cref="Group"/>.</param>
    /// <param name="value">The number of a channel.</param>
    public static float[] Make(int channels, Func<int, double> value)
    {
        float[] table = new float[channels];
        for (int i = 0; i < channels; i++)
        {
            table[i] = (float)value(Channel(i));
        }

        return table;
    }

    /// <summary>The channel at a place of a table.</summary>
    public static int Channel(int place) => (place / Group * Group) + TFormat.ChannelOfLane(place % Group);
}
