"""Stories kept in the database: whatever becomes of an article, its story follows in the same
transaction.

``texts`` stores what articles are compared by; ``copies`` finds which texts are near copies;
``grouping`` makes stories of them; ``keeping`` has a verb for each thing that may happen to an
article, and ``hooks`` calls it when a row is saved or deleted; ``decisions`` writes what people
say; ``telling`` says who was first; ``rebuild`` makes all of it again.
"""
