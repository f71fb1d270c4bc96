"""What an event claims and how it is known: actuality, support by the codebook, axes, values by source."""


import django.db.models.deletion
import timeline.models.validators
from django.conf import settings
from django.db import migrations, models

from . import _evidence, _full_text, _references


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(_full_text.drop_indexes, _full_text.make_indexes),
        migrations.RemoveConstraint(
            model_name='citation',
            name='citation_reliability_known',
        ),
        migrations.RemoveConstraint(
            model_name='citation',
            name='citation_credibility_known',
        ),
        migrations.AddField(
            model_name='briefing',
            name='origin',
            field=models.ForeignKey(blank=True, help_text="Whose report it prints, where it is not the publisher's: a news agency. All that print one report are one source.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='originated_briefings', to='timeline.actor'),
        ),
        migrations.AddField(
            model_name='citation',
            name='basis',
            field=models.CharField(blank=True, choices=[('first_hand', 'first-hand: the speaker or the institution did or saw it'), ('hearsay', 'hearsay: passes on what another said or did')], help_text='Only where the text tells. Empty: it does not.', max_length=10, verbose_name='how the speaker knows'),
        ),
        migrations.AddField(
            model_name='citation',
            name='deaths_best',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='deaths by this source, best estimate'),
        ),
        migrations.AddField(
            model_name='citation',
            name='deaths_high',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='deaths by this source, at most'),
        ),
        migrations.AddField(
            model_name='citation',
            name='deaths_low',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='deaths by this source, at least'),
        ),
        migrations.AddField(
            model_name='citation',
            name='place',
            field=models.ForeignKey(blank=True, help_text="Only where this source differs from the event's place, or is the only one to state it.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='timeline.place', verbose_name='place by this source'),
        ),
        migrations.AddField(
            model_name='citation',
            name='support',
            field=models.CharField(choices=[('supports', 'supports it'), ('presupposes', 'takes it for granted'), ('asked', 'asserts it in a question'), ('nothing', 'does not support it'), ('against', 'speaks against it')], default='nothing', editable=False, max_length=11),
        ),
        migrations.AddField(
            model_name='event',
            name='actuality',
            field=models.CharField(choices=[('occurred', 'Happened'), ('announced', 'Announced'), ('did_not_occur', 'Did not happen'), ('unclear', 'Unclear whether it happened')], default='occurred', help_text='Only what happened counts as certain. Announced: planned, threatened or due when the source spoke.', max_length=13),
        ),
        migrations.AddField(
            model_name='event',
            name='assertion',
            field=models.CharField(choices=[('first_hand', 'first-hand'), ('not_told', 'asserted, not told how it is known'), ('hearsay', 'hearsay'), ('presupposed', 'taken for granted'), ('question', 'asserted in a question alone'), ('none', 'not asserted')], default='none', editable=False, max_length=11),
        ),
        migrations.AddField(
            model_name='event',
            name='codebook_version',
            field=models.CharField(blank=True, editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name='event',
            name='contest',
            field=models.CharField(choices=[('denied', 'denied'), ('disputed', 'disputed'), ('none', 'not contested')], default='none', editable=False, max_length=8),
        ),
        migrations.AddField(
            model_name='event',
            name='form',
            field=models.CharField(blank=True, choices=[('quote', 'quote matched in the stored text'), ('source', 'source named, text not stored'), ('data_set', 'recorded by a data set')], editable=False, max_length=8),
        ),
        migrations.AddField(
            model_name='event',
            name='source_count',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='event',
            name='support',
            field=models.CharField(choices=[('supports', 'supports it'), ('presupposes', 'takes it for granted'), ('asked', 'asserts it in a question'), ('nothing', 'does not support it'), ('against', 'speaks against it')], default='nothing', editable=False, max_length=11),
        ),
        migrations.AddField(
            model_name='event',
            name='value_note',
            field=models.CharField(blank=True, help_text='Where sources differ on date, place or deaths: which value the event takes, and why.', max_length=300, validators=[timeline.models.validators.one_line], verbose_name='which values it takes'),
        ),
        migrations.AddField(
            model_name='eventtype',
            name='boundary',
            field=models.TextField(blank=True, help_text='How it is told from its neighbours.', max_length=500, validators=[timeline.models.validators.plain_text]),
        ),
        migrations.AddField(
            model_name='eventtype',
            name='claim',
            field=models.CharField(choices=[('deed', 'a deed'), ('statement', 'a statement'), ('appeal', 'an appeal'), ('condemnation', 'a condemnation')], default='deed', help_text='What an event of this type claims: that something was done, or that it was said. Decides which act supports it.', max_length=12),
        ),
        migrations.AddField(
            model_name='eventtype',
            name='counter_example',
            field=models.TextField(blank=True, max_length=500, validators=[timeline.models.validators.plain_text]),
        ),
        migrations.AddField(
            model_name='eventtype',
            name='example',
            field=models.TextField(blank=True, max_length=500, validators=[timeline.models.validators.plain_text]),
        ),
        migrations.AddField(
            model_name='eventtype',
            name='exclude',
            field=models.TextField(blank=True, help_text='What does not.', max_length=500, validators=[timeline.models.validators.plain_text]),
        ),
        migrations.AddField(
            model_name='eventtype',
            name='include',
            field=models.TextField(blank=True, help_text='What belongs to it.', max_length=500, validators=[timeline.models.validators.plain_text]),
        ),
        migrations.AddField(
            model_name='historicalbriefing',
            name='origin',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text="Whose report it prints, where it is not the publisher's: a news agency. All that print one report are one source.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='timeline.actor'),
        ),
        migrations.AddField(
            model_name='historicalcitation',
            name='basis',
            field=models.CharField(blank=True, choices=[('first_hand', 'first-hand: the speaker or the institution did or saw it'), ('hearsay', 'hearsay: passes on what another said or did')], help_text='Only where the text tells. Empty: it does not.', max_length=10, verbose_name='how the speaker knows'),
        ),
        migrations.AddField(
            model_name='historicalcitation',
            name='deaths_best',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='deaths by this source, best estimate'),
        ),
        migrations.AddField(
            model_name='historicalcitation',
            name='deaths_high',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='deaths by this source, at most'),
        ),
        migrations.AddField(
            model_name='historicalcitation',
            name='deaths_low',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='deaths by this source, at least'),
        ),
        migrations.AddField(
            model_name='historicalcitation',
            name='place',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text="Only where this source differs from the event's place, or is the only one to state it.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='timeline.place', verbose_name='place by this source'),
        ),
        migrations.AddField(
            model_name='historicalevent',
            name='actuality',
            field=models.CharField(choices=[('occurred', 'Happened'), ('announced', 'Announced'), ('did_not_occur', 'Did not happen'), ('unclear', 'Unclear whether it happened')], default='occurred', help_text='Only what happened counts as certain. Announced: planned, threatened or due when the source spoke.', max_length=13),
        ),
        migrations.AddField(
            model_name='historicalevent',
            name='codebook_version',
            field=models.CharField(blank=True, editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name='historicalevent',
            name='value_note',
            field=models.CharField(blank=True, help_text='Where sources differ on date, place or deaths: which value the event takes, and why.', max_length=300, validators=[timeline.models.validators.one_line], verbose_name='which values it takes'),
        ),
        migrations.AddField(
            model_name='historicaleventtype',
            name='boundary',
            field=models.TextField(blank=True, help_text='How it is told from its neighbours.', max_length=500, validators=[timeline.models.validators.plain_text]),
        ),
        migrations.AddField(
            model_name='historicaleventtype',
            name='claim',
            field=models.CharField(choices=[('deed', 'a deed'), ('statement', 'a statement'), ('appeal', 'an appeal'), ('condemnation', 'a condemnation')], default='deed', help_text='What an event of this type claims: that something was done, or that it was said. Decides which act supports it.', max_length=12),
        ),
        migrations.AddField(
            model_name='historicaleventtype',
            name='counter_example',
            field=models.TextField(blank=True, max_length=500, validators=[timeline.models.validators.plain_text]),
        ),
        migrations.AddField(
            model_name='historicaleventtype',
            name='example',
            field=models.TextField(blank=True, max_length=500, validators=[timeline.models.validators.plain_text]),
        ),
        migrations.AddField(
            model_name='historicaleventtype',
            name='exclude',
            field=models.TextField(blank=True, help_text='What does not.', max_length=500, validators=[timeline.models.validators.plain_text]),
        ),
        migrations.AddField(
            model_name='historicaleventtype',
            name='include',
            field=models.TextField(blank=True, help_text='What belongs to it.', max_length=500, validators=[timeline.models.validators.plain_text]),
        ),
        migrations.AlterField(
            model_name='citation',
            name='credibility',
            field=models.CharField(blank=True, choices=[('1', '1, confirmed by other sources'), ('2', '2, probably true'), ('3', '3, possibly true'), ('4', '4, doubtful'), ('5', '5, improbable'), ('6', '6, cannot be judged')], help_text='Admiralty code. Empty: nobody judged it.', max_length=1),
        ),
        migrations.AlterField(
            model_name='citation',
            name='reliability',
            field=models.CharField(blank=True, choices=[('A', 'A, completely reliable'), ('B', 'B, usually reliable'), ('C', 'C, fairly reliable'), ('D', 'D, not usually reliable'), ('E', 'E, unreliable'), ('F', 'F, cannot be judged')], help_text='Admiralty code. Empty: nobody judged it.', max_length=1),
        ),
        migrations.AlterField(
            model_name='eventtype',
            name='description',
            field=models.TextField(blank=True, max_length=500, validators=[timeline.models.validators.plain_text], verbose_name='definition'),
        ),
        migrations.AlterField(
            model_name='historicalcitation',
            name='credibility',
            field=models.CharField(blank=True, choices=[('1', '1, confirmed by other sources'), ('2', '2, probably true'), ('3', '3, possibly true'), ('4', '4, doubtful'), ('5', '5, improbable'), ('6', '6, cannot be judged')], help_text='Admiralty code. Empty: nobody judged it.', max_length=1),
        ),
        migrations.AlterField(
            model_name='historicalcitation',
            name='reliability',
            field=models.CharField(blank=True, choices=[('A', 'A, completely reliable'), ('B', 'B, usually reliable'), ('C', 'C, fairly reliable'), ('D', 'D, not usually reliable'), ('E', 'E, unreliable'), ('F', 'F, cannot be judged')], help_text='Admiralty code. Empty: nobody judged it.', max_length=1),
        ),
        migrations.AlterField(
            model_name='historicaleventtype',
            name='description',
            field=models.TextField(blank=True, max_length=500, validators=[timeline.models.validators.plain_text], verbose_name='definition'),
        ),
        migrations.RunPython(_evidence.write_codebook, migrations.RunPython.noop),
        migrations.RunPython(_evidence.forget_default_ratings, migrations.RunPython.noop),
        migrations.RunPython(_evidence.code_actuality, migrations.RunPython.noop),
        migrations.RunPython(_evidence.derive_axes, migrations.RunPython.noop),
        migrations.RunPython(_evidence.tell_unsupported, migrations.RunPython.noop),
        migrations.RunPython(_references.check_now, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['first_hand', 'hearsay', ''])), name='citation_basis_known', violation_error_message='basis: choose one of first_hand, hearsay.'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(('support__in', ['supports', 'presupposes', 'asked', 'nothing', 'against'])), name='citation_support_known', violation_error_message='support: choose one of supports, presupposes, asked, nothing, against.'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(('reliability__in', ['A', 'B', 'C', 'D', 'E', 'F', ''])), name='citation_reliability_known', violation_error_message='reliability: choose one of A, B, C, D, E, F.'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.CheckConstraint(condition=models.Q(('credibility__in', ['1', '2', '3', '4', '5', '6', ''])), name='citation_credibility_known', violation_error_message='credibility: choose one of 1, 2, 3, 4, 5, 6.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('actuality__in', ['occurred', 'announced', 'did_not_occur', 'unclear'])), name='event_actuality_known', violation_error_message='actuality: choose one of occurred, announced, did_not_occur, unclear.'),
        ),
        migrations.AddConstraint(
            model_name='eventtype',
            constraint=models.CheckConstraint(condition=models.Q(('claim__in', ['deed', 'statement', 'appeal', 'condemnation'])), name='eventtype_claim_known', violation_error_message='claim: choose one of deed, statement, appeal, condemnation.'),
        ),
        migrations.RunPython(_full_text.make_indexes, _full_text.drop_indexes),
    ]
