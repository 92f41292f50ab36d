/// A straight stroke of a round pen, in pixels.
struct PenStroke {
    let fromX, fromY, toX, toY: Double

    /// The square of a place's distance from the pen's way.
    func squaredDistance(x: Double, y: Double) -> Double {
        let (alongX, alongY) = (toX - fromX, toY - fromY)
        let squaredLength = alongX * alongX + alongY * alongY
        let share = squaredLength > 0 ? ((x - fromX) * alongX + (y - fromY) * alongY) / squaredLength : 0
        let nearest = min(1, max(0, share))
        let (offX, offY) = (x - fromX - nearest * alongX, y - fromY - nearest * alongY)
        return offX * offX + offY * offY
    }
}
