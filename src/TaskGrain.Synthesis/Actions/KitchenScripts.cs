using TaskGrain.Labels;
using static TaskGrain.Synthesis.Affordance;

namespace TaskGrain.Synthesis;

/// <summary>The 13 kitchenware classes: each utensil used, used in pretence, used in vain; and other things.</summary>
internal static class KitchenScripts
{
    private static readonly Role Food = new(Graspable | Small | Squeezable);

    private enum Way
    {
        Uses,
        Pretends,
        Fails,
    }

    public static IReadOnlyList<ActionScript> All { get; } = [.. Make()];

    private static IEnumerable<ActionScript> Make()
    {
        IReadOnlyList<string> classes = Taxonomy.Kitchenware.Categories;
        for (int i = 0; i < 12; i++)
        {
            string utensil = KitchenKinds.Utensils[i / 3];
            var way = (Way)(i % 3);
            Role role = new(Graspable | Long) { Name = utensil };
            yield return utensil == "knife"
                ? new ActionScript(classes[i], [role, Food], d => Cut(d, way)) { OwnWords = true }
                : new ActionScript(classes[i], [role, Food], d => PickUp(d, way, utensil)) { OwnWords = true };
        }

        yield return new ActionScript(classes[12], [new Role(Graspable | Long), Food], Other) { OwnWords = true };
    }

    private static Spot Tip(Actor tool, double angle)
    {
        double half = tool.Width * 0.46;
        return new(-half * Num.Cos(angle), -half * Num.Sin(angle), 0);
    }

    /// <summary>The hand has the utensil, its tip down and ahead.</summary>
    private static (int Side, double Angle) Ready(Director d, Actor tool, Actor food, double steep)
    {
        int side = d.Where(food).X > 0 ? -1 : 1;
        d.ArmFrom(d.Random.NextBool(0.7) ? d.FromSide(-side) : (Math.PI / 2) - (side * d.Between(0, 0.5)));
        d.Obtain(tool);
        double angle = side > 0 ? -steep : Math.PI + steep;
        double turns = Math.Round((tool[Channel.Roll].Last - angle) / Num.Tau) * Num.Tau;
        angle += turns;
        d.Turn(tool, Channel.Roll, angle, 0.5);
        d.Turn(tool, Channel.Lie, 0.15, 0.4);
        return (side, angle);
    }

    private static void PickUp(Director d, Way way, string utensil)
    {
        Actor tool = d[0],
            food = d[1];
        var (side, angle) = Ready(d, tool, food, utensil == "spoon" ? 0.5 : d.Between(0.8, 1.1));
        food.DrawBias = utensil == "spoon" ? -0.5 : 0;
        Spot at = d.Where(food),
            top = at + new Spot(0, food.Height * 0.2, -0.4);
        d.Carry(top + Tip(tool, angle) + new Spot(0, 4, 0), 0.7, 1);
        int tries = way == Way.Fails ? 2 : 1;
        for (int i = 0; i < tries; i++)
        {
            // In pretence the tip stops short of the food.
            d.Carry(
                top
                    + Tip(tool, angle)
                    + new Spot(0, way == Way.Pretends ? food.Height * 0.5 + d.Between(0.8, 1.6) : 0, 0),
                0.3
            );
            d.Turn(tool, Channel.Squeeze, utensil == "tongs" ? 0.75 : 0, 0.2);
            d.Wait(0.2);
            d.Event("touch", food);
            double up = d.Between(6, 9);
            if (way == Way.Uses)
            {
                food.FixTo(tool, d.Now);
                d.Carry(top + Tip(tool, angle) + new Spot(0, up, 0), 0.6);
                d.Event("lifted", food);
                d.Wait(0.3);
                if (d.Random.NextBool(0.5))
                {
                    d.Move(d.Main, d.Home(d.Main), 0.6);
                    return;
                }
            }
            else if (way == Way.Pretends)
            {
                d.Carry(top + Tip(tool, angle) + new Spot(0, up, 0), 0.6);
                d.Wait(0.2);
            }
            else
            {
                double slip = d.Random.NextBool(0.6) ? d.Between(1.2, 3) : 0;
                if (slip > 0)
                {
                    food.FixTo(tool, d.Now);
                    d.Carry(top + Tip(tool, angle) + new Spot(0, slip, 0), 0.25);
                    food.Free(d.Now);
                    food[Channel.Roll].To(d.Now, 0.1, Math.Round(food[Channel.Roll].Last / Num.Tau) * Num.Tau);
                    double now = d.Now;
                    d.Fall(food, at with { X = d.Where(food).X + (side * d.Between(0.5, 2)) }, 0, 0.1);
                    d.Now = now;
                }
                else
                {
                    d.Roll(food, at + new Spot(side * d.Between(1.5, 3), 0, d.Between(-0.5, 0.5)), 0.4, advance: false);
                }

                d.Event("slip", food);
                d.Turn(tool, Channel.Squeeze, 0, 0.2);
                d.Carry(top + Tip(tool, angle) + new Spot(0, 5, 0), 0.5);
                at = d.Where(food) with { Y = Director.Stand(food) };
                top = at + new Spot(0, food.Height * 0.2, -0.4);
            }
        }

        PutAway(d, tool);
    }

    private static void Cut(Director d, Way way)
    {
        Actor tool = d[0],
            food = d[1];
        var (side, angle) = Ready(d, tool, food, d.Between(0.15, 0.4));
        double half = tool.Width * 0.3;
        var blade = new Spot(-half * Num.Cos(angle), -half * Num.Sin(angle), 0);
        Spot at = d.Where(food),
            top = at + new Spot(0, food.Height * 0.5, -0.6) + blade;
        double above = way == Way.Pretends ? d.Between(1.2, 2.2) : 0;
        d.Carry(top + new Spot(0, 4, 0), 0.7, 1);
        d.Carry(top + new Spot(0, above, 0), 0.25);
        d.Event("touch", food);
        int strokes = d.Random.NextInt(2, 3);
        for (int i = 0; i < strokes; i++)
        {
            double deep = way == Way.Uses ? food.Height * 0.8 * (i + 1) / strokes : 0;
            d.Carry(top + new Spot(side * 2.2, above - deep, 0), 0.28);
            d.Carry(top + new Spot(-side * 1.6, above - deep, 0), 0.28);
            if (way == Way.Fails)
            {
                d.Slide(
                    food,
                    d.Where(food) + new Spot(side * d.Between(-0.5, 0.7), 0, 0),
                    0.1,
                    Ease.Out,
                    advance: false
                );
            }
        }

        if (way == Way.Uses)
        {
            d.Event("cut", food);
            food[Channel.Split].To(d.Now, d.Paced(0.3), d.Between(1.6, 3), Ease.Out);
        }

        d.Carry(top + new Spot(0, 4, 0), 0.4);
        PutAway(d, tool);
    }

    private static void Other(Director d)
    {
        Actor tool = d[0],
            food = d[1];
        switch (d.Random.NextInt(5))
        {
            case 0:
                d.Obtain(tool);
                PutAway(d, tool);
                break;
            case 1:
                d.Reach(food);
                d.Carry(d.FreeSpot(food, 0.8), 0.9, 4);
                d.Release();
                d.Leave();
                break;
            case 2:
                int way = d.Sign();
                d.ArmFor(way, false);
                d.Touch(food, -way, d.PushPose());
                d.PushTo(food, d.Where(food) + new Spot(way * d.Between(3, 7), 0, 0), 0.6);
                d.Withdraw(-way);
                d.Leave();
                break;
            case 3:
                d.Reach(tool, close: false);
                tool[Channel.Roll].To(d.Now, 1.4, tool[Channel.Roll].Last + (d.Sign() * d.Between(5, 8)), Ease.Out);
                d.Leave();
                d.Wait(0.4);
                break;
            default:
                d.Reach(tool);
                d.Carry(d.Where(tool) + new Spot(0, d.Between(5, 8), -2), 0.6);
                d.Wait(0.4);
                d.Move(d.Main, d.Home(d.Main), 0.6);
                break;
        }
    }

    private static void PutAway(Director d, Actor tool)
    {
        d.Turn(tool, Channel.Squeeze, 0, 0.2);
        if (d.Random.NextBool(0.5))
        {
            d.Move(d.Main, d.Home(d.Main), 0.6);
            return;
        }

        Spot to = d.FreeSpot(tool, 1);
        d.Carry(to with { Y = 1.5 }, 0.6, 1);
        d.Level(tool, 0.2);
        d.SetDownAt(tool, to, 0);
        d.Leave();
    }
}
