using TaskGrain.Runtime;

namespace TaskGrain.Synthesis;

/// <summary>Makes the scene of one clip from its seed: camera, room, cast, action, length.</summary>
internal static class ClipMaker
{
    private const double FramesPerSecond = 12;
    private const double ShortestPace = 0.45;
    private const double LongestPace = 2.2;
    private const int ShortestVaried = 14;
    private const int LongestVaried = 150;

    /// <summary>A clip's scene with its length and words.</summary>
    internal sealed record Made(Scene Scene, int Frames, IReadOnlyList<string> Placeholders, int Width, int Height);

    public static Made Make(
        ActionScript script,
        Catalogue catalogue,
        bool kitchen,
        ulong seed,
        DomainRandomisation variation
    )
    {
        // Everything is drawn twice the same way: the first time tells how long the hands' motions take at pace 1.
        var length = new SeededRandom(seed).Derive(1);
        int frames = length.NextInt(24, 72);
        double film = (frames - 1) / FramesPerSecond;
        double lead = length.NextDouble(0.03, 0.22) * film,
            tail = length.NextDouble(0.03, 0.22) * film;
        var (_, trial) = Direct(script, catalogue, kitchen, seed, variation, 1, lead);
        double free = film - lead - tail;
        double pace = (free - trial.PhysicsSeconds) / Math.Max(0.2, trial.HandSeconds);
        if (pace > LongestPace)
        {
            // Too little happens for so long a film: it begins later or ends earlier.
            double spare = (pace - LongestPace) * trial.HandSeconds;
            lead += spare * length.NextDouble();
            pace = LongestPace;
        }
        else if (pace < ShortestPace)
        {
            lead = 0.04;
            free = film - (2 * lead);
            pace = Math.Max(ShortestPace, (free - trial.PhysicsSeconds) / Math.Max(0.2, trial.HandSeconds));
        }

        var (scene, director) = Direct(script, catalogue, kitchen, seed, variation, pace, lead);
        // Whatever is still too long is acted faster, physics and all.
        scene.Speed = Math.Max(1, (director.Now + 0.05) / film);
        if (scene.Variation.Pace != 1)
        {
            // The same from beginning to end, in a film of another length.
            int varied = Math.Clamp((int)Math.Round(frames / scene.Variation.Pace), ShortestVaried, LongestVaried);
            scene.Speed *= (frames - 1) / (varied - 1.0);
            frames = varied;
        }

        return new Made(scene, frames, director.Phrases, (int)scene.View.Width, (int)scene.View.Height);
    }

    private static (Scene Scene, Director Director) Direct(
        ActionScript script,
        Catalogue catalogue,
        bool kitchen,
        ulong seed,
        DomainRandomisation variation,
        double pace,
        double lead
    )
    {
        var random = new SeededRandom(seed);
        SeededRandom room = random.Derive(2),
            cast = random.Derive(3),
            words = random.Derive(4),
            nuisance = random.Derive(5),
            varied = random.Derive(6);
        double width = room.NextBool() ? 426 : 320;
        double flat = kitchen ? room.NextDouble(0.62, 0.8) : room.NextDouble(0.34, 0.66);
        var view = new View(
            width,
            240,
            flat,
            room.NextDouble(6.6, 8.2),
            width * room.NextDouble(0.46, 0.54),
            240 * room.NextDouble(0.6, 0.7)
        );
        int edge = script.NeedsEdge ? (room.NextBool() ? 1 : -1) : 0;
        var scene = new Scene
        {
            View = view,
            Stage = Stages.Vary(Stages.Draw(room, view, kitchen, edge), varied.Derive(1), variation.Backgrounds),
            Variation = ClipVariation.Draw(varied.Derive(2), variation),
        };
        scene.Camera.Focus = (view.OriginX, view.OriginY - 20);
        if (nuisance.NextBool(0.6))
        {
            scene.Camera.Frame(nuisance, view);
        }

        if (nuisance.NextBool(0.8))
        {
            double shake = nuisance.NextDouble();
            scene.Camera.Shake(3.2 * shake * shake, nuisance);
        }

        if (variation.Camera > 0)
        {
            scene.Camera.Wander(varied.Derive(3), view, variation.Camera);
        }

        HandLook person = HandLooks.Draw(nuisance, kitchen);
        if (variation.Hands > 0)
        {
            SeededRandom hands = varied.Derive(4);
            scene.Camera.Approach(1 + (0.9 * variation.Hands * hands.NextDouble() * hands.NextDouble()));
            person = HandLooks.Vary(person, hands, variation.Hands);
        }

        var director = new Director(scene, catalogue, cast, words, pace) { Person = person };
        foreach (Role role in script.Roles)
        {
            director.CastRole(role);
        }

        director.AddDistractors();
        director.Begin(lead);
        script.Play(director);
        director.Finish();
        if (!script.OwnWords)
        {
            director.NameCast();
        }

        return (scene, director);
    }
}
