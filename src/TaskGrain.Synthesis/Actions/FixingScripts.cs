using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>Attaching and plugging, and when it does not hold.</summary>
internal static class FixingScripts
{
    private static readonly Role Sticker = new(Graspable | Small) { MaxWidth = 8, Flat = true };
    private static readonly Role Wall = new(Big | Graspable, Container) { MinHeight = 8, Flat = false };

    public static IReadOnlyList<ActionScript> All { get; } =
    [
        new("Attaching [something] to [something]", [Sticker, Wall], d => Attach(d, true)),
        new(
            "Trying but failing to attach [something] to [something] because it doesn't stick",
            [Sticker, Wall],
            d => Attach(d, false)
        )
        {
            OwnWords = false,
        },
        new("Plugging [something] into [something]", [new(Plug), new(Socket)], d => PlugIn(d, true)),
        new(
            "Plugging [something] into [something] but pulling it right out as you remove your hand",
            [new(Plug), new(Socket)],
            d => PlugIn(d, false)
        ),
    ];

    private static void Attach(Director d, bool sticks)
    {
        Actor sticker = d[0],
            wall = d[1];
        d.Obtain(sticker);
        Spot on =
            d.Where(wall)
            + new Spot(
                d.Between(-0.1, 0.1) * wall.Width,
                d.Between(-0.05, 0.2) * wall.Height,
                -(Director.HalfDeep(wall) * 0.4) - 0.6
            );
        sticker.DrawBias = Director.HalfDeep(wall) + 1;
        d.Turn(sticker, Channel.Lie, 0, 0.5);
        d.Turn(sticker, Channel.Roll, Math.Round(sticker[Channel.Roll].Last / Math.PI) * Math.PI, 0.5);
        d.Carry(on + new Spot(0, 0.5, -3), 0.7, 2);
        sticker[Channel.Ground].Jump(d.Now, 0);
        d.Carry(on, 0.3);
        d.Wait(0.25);
        d.Release();
        if (sticks)
        {
            d.Event("attached", sticker);
            sticker[Channel.Ground].Jump(d.Now, -99);
        }
        else
        {
            d.Physics(0.08);
            Spot foot = new(
                on.X + d.Between(-1, 1),
                Director.Stand(sticker),
                d.Where(wall).Z - Director.HalfDeep(wall) - d.Between(2, 4)
            );
            sticker[Channel.Lie].To(d.Now, 0.25, 1, Ease.In);
            d.Fall(sticker, foot, 0, 0.05);
        }

        d.Leave();
    }

    private static void PlugIn(Director d, bool stays)
    {
        Actor plug = d[0],
            socket = d[1];
        d.Obtain(plug);
        int side = d.Where(socket).X > 0 ? -1 : 1;
        double half = (plug.Kind.LiesFlat ? plug.Width : Math.Min(plug.Width, plug.Height)) / 2;
        Spot hole = d.Where(socket) + new Spot(0, (socket.Kind.LiesFlat ? 0 : 0.5 * socket.Height) + half, -0.2);
        double roll = plug.Kind.LiesFlat ? -Math.PI / 2 : plug[Channel.Roll].Last;
        d.Turn(plug, Channel.Roll, roll, 0.5);
        d.Turn(plug, Channel.Lie, 0, 0.5);
        plug.DrawBias = -0.6;
        d.Carry(hole + new Spot(0, 3, 0), 0.7, 2);
        // The plug's end goes out of sight in the socket.
        plug[Channel.Ground].Jump(d.Now, -99);
        double deep = Math.Min(1.6, half * 0.6);
        d.Carry(hole + new Spot(0, -deep, 0), 0.3);
        d.Wait(0.2);
        d.Event("plugged", plug);
        if (stays)
        {
            d.Release();
            d.Leave();
            return;
        }

        d.Carry(hole + new Spot(side * 2, 4, -1), 0.35);
        d.Move(d.Main, d.Home(d.Main), 0.6);
    }
}
